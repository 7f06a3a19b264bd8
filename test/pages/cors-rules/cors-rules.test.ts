import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { gateway, probe, senderOf, TOKENS } from '../../cli/doctor/fixtures/send-to.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { RULES } from './rules.ts';

/** What a page learns of an answer. */
type Learned = 'nothing' | { readonly location: boolean; readonly retryAfter: boolean };

interface Asked {
  readonly name: string;
  readonly credentials: RequestCredentials;
}

/** Runs in the page. */
async function fetchAll(
  gatewayUrl: string,
  token: string,
  asked: readonly Asked[],
): Promise<Record<string, Learned>> {
  const learned: Record<string, Learned> = {};
  for (const { name, credentials } of asked) {
    const options: RequestInit = {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      credentials,
    };
    learned[name] = await fetch(`${gatewayUrl}/${encodeURIComponent(name)}`, options).then(
      ({ headers }) => ({ location: headers.has('location'), retryAfter: headers.has('retry-after') }),
      () => 'nothing' as const,
    );
  }
  return learned;
}

/** What the command says that a page would learn. */
async function foretell(gatewayUrl: string, origin: string, name: string): Promise<Learned> {
  const sender = senderOf({ origin, credentials: RULES[name]?.credentials === true });
  const sent = probe(`${gatewayUrl}/${encodeURIComponent(name)}`, { subject: 'linxo', body: '{}' });
  const { findings, answer } = await sender.send(sent, new AbortController().signal);
  if (!answer || findings.some(({ severity }) => severity === 'error')) return 'nothing';
  return {
    location: has(answer.header('location')),
    retryAfter: has(answer.header('retry-after')),
  };
}

function has({
  value,
  isReadable,
}: {
  readonly value: string | undefined;
  readonly isReadable: boolean;
}): boolean {
  return value !== undefined && isReadable;
}

async function serveGateway(origin: string, arrived: IncomingMessage[] = []): Promise<LocalServer> {
  return serveLocally((request, response) => {
    const name = decodeURIComponent(`${request.url}`.slice(1));
    gateway(RULES[name], arrived, origin)(request, response);
  });
}

/** What a gateway can decide by, of what browsers send in the same way. */
const COMPARED = [
  'origin',
  'referer',
  'access-control-request-method',
  'access-control-request-headers',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'accept',
  'content-type',
  'content-length',
  'authorization',
  'cookie',
];

function comparable({ method, headers }: IncomingMessage): unknown {
  return [method, ...COMPARED.map((name) => `${name}: ${headers[name]}`)];
}

describe(`the rules of CORS in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getPage = useForSuite(() =>
    serveLocally((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<!doctype html>'),
    ),
  );

  it('are those by which the command judges', async () => {
    const origin = getPage().url;
    const server = await serveGateway(origin);
    try {
      const page = await getEngine().open(`${origin}/`);
      const asked = Object.entries(RULES).map(([name, { credentials }]): Asked => {
        return { name, credentials: credentials ? 'include' : 'same-origin' };
      });
      const learned = await page.evaluate(fetchAll, server.url, TOKENS.accessToken, asked);
      const foretold: Record<string, Learned> = {};
      for (const { name } of asked) foretold[name] = await foretell(server.url, origin, name);

      expect(foretold).toEqual(learned);
      expect(Object.values(learned)).toContainEqual({ location: true, retryAfter: true });
    } finally {
      await server.close();
    }
  });

  it('come with requests like those that the command sends', async () => {
    const origin = getPage().url;
    const arrived: IncomingMessage[] = [];
    const server = await serveGateway(origin, arrived);
    try {
      const page = await getEngine().open(`${origin}/`);
      await page.evaluate(fetchAll, server.url, TOKENS.accessToken, [
        { name: 'right', credentials: 'same-origin' },
      ]);
      const ofBrowser = arrived.splice(0);
      await foretell(server.url, origin, 'right');

      expect(ofBrowser.map(({ method }) => method)).toEqual(['OPTIONS', 'POST']);
      expect(arrived.slice(0, 2).map(comparable)).toEqual(ofBrowser.map(comparable));
    } finally {
      await server.close();
    }
  });
});
