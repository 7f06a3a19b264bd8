import { describe, expect, it, onTestFinished } from 'vitest';
import { MARKED } from '../../doctor/gateway/backend.ts';
import { representatives } from '../../doctor/gateway/pairs.ts';
import { type Reply, withHeader } from '../../doctor/gateway/reply.ts';
import {
  type StartedGateway,
  type StartGatewayOptions,
  startGateway,
} from '../../doctor/gateway/start-gateway.ts';
import { serveLocally } from '../../harness/local-server.ts';
import { runBankDoctor, runDoctorWith } from './fixtures/run-bank-doctor.ts';

async function start(options: StartGatewayOptions): Promise<StartedGateway> {
  const bank = await startGateway(options);
  onTestFinished(() => bank.close());
  return bank;
}

/** All that the command sends and a server could send back, in one value. */
const ALL = [MARKED.authToken, MARKED.accessToken, MARKED.cookie, MARKED.headerValue].join(' ');
const HEADERS = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Age',
  'Cache-Control',
  'Content-Encoding',
  'Content-Security-Policy',
  'Content-Type',
  'Date',
  'Location',
  'Retry-After',
  'Server',
  'Vary',
  'X-Frame-Options',
];

const FLAGS = ['--credentials', '--header-env', 'bankId=MARKED_HEADER', '--gateway', 'all'];

/** The output in words and as JSON, with addresses that have a query. */
async function outputOf(options: StartGatewayOptions): Promise<string> {
  const bank = await start({ ...options, credentials: true });
  const queried: StartedGateway = {
    ...bank,
    page: `${bank.page}?${MARKED.query}`,
    addressOf: (subject) => `${bank.addressOf(subject)}?${MARKED.query}`,
  };
  const words = await runBankDoctor(queried, { flags: FLAGS });
  const json = await runBankDoctor(queried, { flags: [...FLAGS, '--json'] });
  return `${words.out}${words.error}${json.out}${json.error}`;
}

function marksIn(output: string): string[] {
  const marks = [...Object.values(MARKED), 'marked-'];
  return marks.filter((mark) => output.includes(mark));
}

describe('no output has a token, a cookie, a value of a header, a query, an id of a queue or a body', () => {
  it.each(representatives().map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    expect(marksIn(await outputOf({ changes: [fault] }))).toEqual([]);
  });

  it.each(HEADERS)('where the server sends all of them back in %s', async (name) => {
    const echo = (reply: Reply): Reply => withHeader(reply, name, ALL);
    expect(marksIn(await outputOf({ changes: [{ at: 'wire', change: echo }] }))).toEqual([]);
  });

  it.each(['authToken', 'accessToken', 'cookie', 'headerValue', 'query'] as const)(
    'where a header has a part of %s alone, in capital letters or not',
    async (name) => {
      const part = MARKED[name].replace(/^.*[=]/, '');
      for (const value of [part, part.toUpperCase(), `https://${part.replace(/\W/g, '-')}.example`]) {
        const change = (reply: Reply): Reply =>
          withHeader(
            withHeader(reply, 'Access-Control-Allow-Origin', value),
            'Access-Control-Max-Age',
            value,
          );
        const output = await outputOf({ changes: [{ at: 'wire', change }] });
        expect(output.toLowerCase()).not.toContain(part.toLowerCase());
      }
    },
  );

  it('where a redirect has them', async () => {
    const change = (reply: Reply): Reply =>
      withHeader(
        { ...reply, status: 302 },
        'Location',
        `https://a.example/${encodeURIComponent(ALL)}?${MARKED.authToken}`,
      );
    expect(marksIn(await outputOf({ changes: [{ at: 'wire', change }] }))).toEqual([]);
  });
});

describe('tokens', () => {
  it('arrive at the named addresses alone, and no redirect is followed with one', async () => {
    const elsewhere: (string | undefined)[] = [];
    const other = await serveLocally(({ headers }, response) => {
      elsewhere.push(JSON.stringify(headers));
      response.end('<!doctype html>');
    });
    onTestFinished(() => other.close());
    const redirect = (reply: Reply): Reply =>
      withHeader({ ...reply, status: 307 }, 'Location', `${other.url}/`);
    for (const at of ['server', 'gateway'] as const) {
      const bank = await start({ credentials: true, changes: [{ at, change: redirect }] });
      await runBankDoctor(bank, { flags: FLAGS });
      const withToken = bank.requests.filter(({ headers }) => /marked-a/.test(JSON.stringify(headers)));
      expect(withToken.length).toBeGreaterThan(0);
      expect(withToken.filter(({ subject, method }) => subject === 'page' || method === 'OPTIONS')).toEqual(
        [],
      );
    }
    expect(elsewhere.length).toBeGreaterThan(0);
    expect(marksIn(elsewhere.join())).toEqual([]);
  });

  it('of one kind do not arrive at servers of the other kind', async () => {
    const bank = await start({});
    await runBankDoctor(bank);
    for (const { subject, headers } of bank.requests) {
      const text = JSON.stringify(headers);
      if (subject !== 'linxo') expect(text).not.toContain(MARKED.accessToken);
      if (subject === 'linxo' || subject === 'page') expect(text).not.toContain(MARKED.authToken);
    }
  });

  it('are in no error where an address or a command does not fit', async () => {
    const env = { BANKSIDE_AUTH_TOKEN: `${MARKED.authToken}\n` };
    const origin = ['--origin', 'https://a.example'];
    const outputs = await Promise.all([
      runDoctorWith([...origin, '--ob', `https://${MARKED.authToken}@a.example/`], { env }),
      runDoctorWith([...origin, '--ob', 'https://a.example/'], { env }),
      runDoctorWith(
        [...origin, '--ob', 'https://a.example/', '--auth-token-command', `echo ${MARKED.authToken}; exit 3`],
        { env: process.env as Record<string, string> },
      ),
      runDoctorWith([...origin, '--ob', 'https://a.example/', '--auth-token', MARKED.authToken], { env }),
      runDoctorWith([...origin, '--ob', 'https://a.example/', MARKED.authToken], { env }),
      runDoctorWith([...origin, '--ob', MARKED.authToken, '--json'], { env }),
    ]);
    for (const { code, out, error } of outputs) {
      expect(code).toBe(2);
      expect(marksIn(out + error)).toEqual([]);
    }
  });
});
