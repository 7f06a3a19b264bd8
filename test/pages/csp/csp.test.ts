import { afterEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { Bank, INSIGHTS } from './bank.ts';
import { readModule, type Way, ways } from './ways.ts';

const policy = "default-src 'self'; require-trusted-types-for 'script'";

/** The policy, with the additions of a way, and an address for reports. */
function policyFor({ sources }: Way): string {
  return `${policy.replace("'self'", `'self'${sources}`)}; report-uri /reports`;
}

describe(`a strict policy in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  let bank: Bank;
  let server: LocalServer;
  let observed: ObservedServer;

  /** A page that gets the package in this way, with its own servers. */
  async function open(way: Way): Promise<void> {
    bank = new Bank();
    server = await serveLocally((request, response) => {
      const { method, url = '' } = request;
      response.setHeader('content-security-policy', policyFor(way));
      const script = url === '/page.js' ? way.pageScript : readModule(url);
      if (method === 'POST' || url.startsWith('/linxo/')) void bank.answer(request, response);
      else if (script !== undefined) response.setHeader('content-type', 'text/javascript').end(script);
      else response.setHeader('content-type', 'text/html').end(way.html);
    });
    observed = await ObservedServer.start(server.url);
  }

  afterEach(async () => {
    await observed?.close();
    await server?.close();
    bank?.close();
  });

  it.each(Object.entries(ways))('S1 is not violated by the package, %s', async (_way, make) => {
    await open(await make());
    const page = await getEngine().open(observed.url);
    await page.waitFor('() => isDone');

    const failed = { ok: false, status: '600', statusMessage: expect.any(String) };
    expect(await page.evaluate('() => outcomes')).toEqual({
      object: INSIGHTS,
      asJson: JSON.stringify(INSIGHTS),
      asBase64: Buffer.from(JSON.stringify(INSIGHTS).replace(/[^ -~]/g, escaped)).toString('base64'),
      base64: INSIGHTS,
      repeated: INSIGHTS,
      redirect: failed,
      html: failed,
      refused: { ok: false, status: '409' },
      timeout: failed,
      text: INSIGHTS,
      message: INSIGHTS,
      schema: INSIGHTS,
      openBanking: { ok: true, accounts: [] },
      callback: { ok: true, accounts: [] },
      disposed: 'DISPOSED',
      queue: { result: 'success', failures: ['INVALID_RESPONSE'] },
      events: true,
      invalid: true,
    });
    // A read that is in flight when the poller stops is aborted.
    const reads = observed.requests.filter(
      ({ path, status }) => path.startsWith('/linxo/') && status === 'aborted',
    );
    const allowed = {
      requests: [
        ...[401, 409, 503, 'aborted' as const].map((status) => ({ path: '/pserver', status })),
        ...reads.map(({ path }) => ({ path, status: 'aborted' as const })),
      ],
      reports: [/^error in \/: .*A handler that fails/],
    };
    expect(await observed.problems(page, allowed)).toEqual([]);
    expect(bank.reports).toEqual([]);
  });

  it('S1 a violation is detected', async () => {
    await open({ html: '<!doctype html><title>Page</title>', pageScript: '', sources: '' });
    const page = await getEngine().open(`${observed.url}/again`);
    // In a separate task: code that a test evaluates has more permissions than the page.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            try {
              new Function('');
            } catch {
              // Only the fact that it is reported matters.
            }
            resolve();
          });
        }),
    );

    expect(await observed.problems(page)).toContainEqual(
      expect.stringMatching(/^violation in \/again: (script-src|require-trusted-types-for)/),
    );
    await expect.poll(() => bank.reports).not.toEqual([]);
  });
});

/** With JSON escapes, which some decoders in use do not read. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
