import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type ExaminePageOptions, examinePage } from '../../../src/cli/doctor/examine-page.ts';
import { createQuote } from '../../../src/cli/doctor/quote.ts';
import type { Check, Diagnosis } from '../../../src/doctor/diagnosis.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';

const PSERVER = { name: 'pserver', url: new URL('https://gateway.bank.example/pserver') } as const;
const FRAMING = "frame-ancestors 'self'";
const HTML = 'text/html; charset=utf-8';

let server: LocalServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Examines a page that this server answers. */
async function examine(
  answer: (response: ServerResponse, path: string, origin: string) => void,
  options: Partial<ExaminePageOptions> & { readonly path?: string } = {},
): Promise<Diagnosis & { readonly origin: string }> {
  server = await serveLocally(({ url = '' }, response) => answer(response, url, origin));
  const origin = server.url;
  const { path = '/accounts', ...others } = options;
  const diagnosis = await examinePage({
    origin,
    url: new URL(path, origin),
    targets: [PSERVER],
    quote: createQuote([]),
    timeout: 10_000,
    ca: undefined,
    signal: new AbortController().signal,
    ...others,
  });
  return { ...diagnosis, origin };
}

function send(response: ServerResponse, html = '<!doctype html><title>Bank</title>'): void {
  if (!response.hasHeader('content-type')) response.setHeader('content-type', HTML);
  if (!response.hasHeader('content-security-policy')) response.setHeader('content-security-policy', FRAMING);
  response.end(html);
}

const idsOf = ({ findings }: Diagnosis): readonly string[] => findings.map(({ id }) => id);

describe('a page that is right', () => {
  it('has no finding, and each check is reported', async () => {
    const reported: Check[] = [];
    const { findings, checks } = await examine((response) => send(response), {
      onCheck: (check) => reported.push(check),
    });
    expect(findings).toEqual([]);
    expect(checks.map(({ name, result }) => [name, result])).toEqual([
      ['the address of the page', 'fine'],
      ['the servers in the content security policy', 'fine'],
      ['Trusted Types', 'fine'],
      ['the sandbox of the page', 'fine'],
      ['frames of other websites', 'fine'],
    ]);
    expect(reported).toEqual(checks);
  });

  it.each(['null', 'capacitor://localhost'])('may have the origin %s', async (origin) => {
    expect(idsOf(await examine((response) => send(response), { origin }))).toEqual([]);
  });

  it('may be in another encoding than UTF-8', async () => {
    const diagnosis = await examine((response) => {
      response.setHeader('content-type', 'text/html; charset=iso-8859-1');
      response.setHeader('content-security-policy', FRAMING);
      response.end(
        Buffer.from(
          `<title>Cr\u00e9dit</title><meta http-equiv=content-security-policy content=connect-src>`,
          'latin1',
        ),
      );
    });
    expect(idsOf(diagnosis)).toEqual(['connect-src']);
  });

  it('may be led to with or without a slash at its end', async () => {
    const diagnosis = await examine((response, path) => {
      if (path === '/accounts') response.writeHead(301, { location: '/accounts/' }).end();
      else send(response);
    });
    expect(idsOf(diagnosis)).toEqual([]);
    expect(diagnosis.checks[0]?.result).toBe('fine');
  });
});

describe('the policies of a page', () => {
  it('are those of all headers and of its <meta> elements', async () => {
    const { findings } = await examine((response) => {
      response.setHeader('content-security-policy', [
        FRAMING,
        "connect-src 'self'",
        'connect-src *, connect-src https://a.example',
      ]);
      send(response, `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`);
    });
    expect(findings.map(({ seen }) => seen)).toEqual([
      expect.stringContaining('connect-src in the header'),
      expect.stringContaining('connect-src in the header'),
      expect.stringContaining('default-src in a <meta> of the page'),
    ]);
  });

  it('are not those that only report', async () => {
    const diagnosis = await examine((response) => {
      response.setHeader('content-security-policy-report-only', "connect-src 'none'; sandbox");
      send(response);
    });
    expect(idsOf(diagnosis)).toEqual([]);
  });

  it('of the elements of XHTML are not read', async () => {
    const { checks } = await examine((response) => {
      response.setHeader('content-type', 'application/xhtml+xml');
      send(response);
    });
    expect(checks[1]).toMatchObject({
      result: 'skipped',
      reason: 'the page is XHTML, whose elements are not read',
    });
  });
});

describe('the address of a page', () => {
  it('of another origin than --origin is found, and its policy is judged', async () => {
    const diagnosis = await examine(
      (response) => {
        response.setHeader('content-security-policy', `${FRAMING}; connect-src 'none'`);
        send(response);
      },
      { origin: 'https://www.bank.example' },
    );
    expect(idsOf(diagnosis)).toEqual(['page-moved', 'connect-src']);
    expect(diagnosis.findings[0]?.seen).toBe(
      `The page is at "${diagnosis.origin}", and --origin is https://www.bank.example.`,
    );
  });

  it('that leads to another origin is found', async () => {
    const { findings, origin } = await examine((response, path) => {
      if (path === '/accounts')
        response.writeHead(302, { location: `${other(server)}/accounts?token=secret` }).end();
      else send(response);
    });
    expect(findings).toMatchObject([
      {
        id: 'page-moved',
        request: 'GET /accounts, the page',
        seen: `The address of the page leads to "${other(server)}", and --origin is ${origin}.`,
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it.each([
    ['/sign-in?return=secret', 'to another page'],
    ['OTHER/sign-in/secret', 'to another page, at "OTHER"'],
  ])('that leads to a page such as %s says nothing of the policy', async (location, place) => {
    const { findings, checks } = await examine((response, path) => {
      response.setHeader('content-security-policy', "connect-src 'none'");
      if (path === '/accounts')
        response.writeHead(302, { location: location.replace('OTHER', other(server)) }).end();
      else send(response);
    });
    expect(findings).toEqual([]);
    expect(checks).toEqual([
      {
        subject: 'page',
        name: 'the address of the page',
        result: 'skipped',
        reason: `the address leads ${place.replace('OTHER', other(server))}, perhaps to sign in: give the address of a page with the same policy that needs no session`,
      },
    ]);
  });

  it.each([
    [204, HTML, 'it was answered with the status 204'],
    [401, HTML, 'it was answered with the status 401'],
    [404, HTML, 'it was answered with the status 404'],
    [503, HTML, 'it was answered with the status 503'],
    [200, 'application/json', 'what came is not HTML'],
  ])('answered with %i and %s is skipped', async (status, type, reason) => {
    const { findings, checks } = await examine((response) => {
      response.writeHead(status, { 'content-type': type }).end(status === 204 ? '' : '{}');
    });
    expect(findings).toEqual([]);
    expect(checks).toMatchObject([{ result: 'skipped', reason }]);
  });

  it('that leads to itself without a cookie is skipped', async () => {
    const { findings, checks } = await examine((response) => {
      response.writeHead(302, { location: '/accounts', 'set-cookie': 'a=1' }).end();
    });
    expect(findings).toEqual([]);
    expect(checks).toMatchObject([
      { result: 'skipped', reason: 'the page was not read. It is redirected more than 5 times.' },
    ]);
  });

  it('where nothing answers is found', async () => {
    const closed = await serveLocally(() => {});
    await closed.close();
    const { findings, checks } = await examine(() => {}, { url: new URL(`${closed.url}/accounts`) });
    expect(idsOf({ findings, checks })).toEqual(['unreachable']);
    expect(checks).toEqual([{ subject: 'page', name: 'the address of the page', result: 'found' }]);
  });
});

it('a signal ends it', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const examination = examine(() => abort.abort(reason), { signal: abort.signal });
  await expect(examination).rejects.toBe(reason);
});

/** The same server, by another name: another origin. */
function other(one: LocalServer | undefined): string {
  return (one?.url ?? '').replace('127.0.0.1', 'localhost');
}
