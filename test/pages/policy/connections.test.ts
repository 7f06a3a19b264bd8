import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPolicies } from '../../../src/doctor/policy/policy.ts';
import { refusedBy } from '../../../src/doctor/policy/refused-by.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { ADDRESSES, ROWS, type Row } from './policies.ts';

/** What a frame found out: the addresses that were reported as refused, and those that answered. */
interface Outcome {
  readonly refused: readonly string[];
  readonly answered: readonly string[];
}

interface Frame extends Window {
  readonly refused: string[];
  readonly answered: string[];
  readonly isDone?: boolean;
}

const rows = ROWS.filter(({ engines }) => !engines || engines.includes(engineUnderTest));

describe(`the addresses that a policy allows, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  let other: LocalServer;
  let server: LocalServer;

  beforeAll(async () => {
    other = await serveLocally((_, response) => response.end('{}'));
    server = await serveLocally(({ url = '' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://page.invalid');
      const row = rows[Number(searchParams.get('row'))];
      if (pathname === '/frame' && row) sendFrame(response, { ...row, policy: here(row.policy) });
      else response.setHeader('content-type', 'text/html').end('<!doctype html><body></body>');
    });
  });

  afterAll(async () => {
    await server?.close();
    await other?.close();
  });

  const here = (text: string): string => text.replaceAll('OTHER', new URL(other.url).port);
  const addresses = (): readonly string[] =>
    ADDRESSES.map((address) => new URL(here(address), server.url).href);

  function sendFrame(response: ServerResponse, { policy, place = 'header' }: Row): void {
    // The frame's own script is allowed by each of the policies.
    const whole = policy
      .split(',')
      .map((one) => `${one}; script-src 'unsafe-inline'`)
      .join(',');
    if (place === 'header')
      response.setHeader('content-security-policy', Buffer.from(whole).toString('latin1'));
    const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><head>${place === 'meta' ? meta : ''}<script>
      refused = [];
      answered = [];
      document.addEventListener('securitypolicyviolation', ({ blockedURI }) => refused.push(blockedURI));
      const call = (address) => fetch(address, { mode: 'no-cors' }).then(() => answered.push(address), () => {});
      Promise.all(${JSON.stringify(addresses())}.map(call)).then(() => { isDone = true; });
    </script></head>`);
  }

  it('is what this package says', async () => {
    const page = await getEngine().open(server.url);
    // A few at a time: each calls all addresses.
    for (let from = 0; from < rows.length; from += 10) {
      await page.evaluate(
        (first, end) => {
          for (let row = first; row < end; row += 1) {
            const frame = document.createElement('iframe');
            frame.src = `/frame?row=${row}`;
            document.body.append(frame);
          }
        },
        from,
        Math.min(from + 10, rows.length),
      );
      await page.waitFor(() => Array.from(frames).every((frame) => (frame as Frame).isDone));
    }

    // An event of a refusal may come after the request has failed.
    await expect
      .poll(async () => {
        const outcomes: readonly Outcome[] = await page.evaluate(() =>
          Array.from(frames).map((frame) => {
            const { refused, answered } = frame as Frame;
            return { refused, answered };
          }),
        );
        return rows.flatMap((row, index) => differences(row, outcomes[index]));
      })
      .toEqual([]);
  });

  /** Where the engine and this package differ. */
  function differences({ policy, place = 'header' }: Row, outcome: Outcome | undefined): readonly string[] {
    const text = here(policy);
    const value = place === 'header' ? Buffer.from(text).toString('latin1') : text;
    const policies = readPolicies([value], place);
    const different: string[] = [];
    for (const address of addresses()) {
      const isAllowed = refusedBy(policies, new URL(address), new URL(server.url)).length === 0;
      const isRefused = outcome?.refused.includes(address);
      const hasAnswered = outcome?.answered.includes(address);
      if (isRefused === isAllowed || (hasAnswered && !isAllowed))
        different.push(`${text}: ${address} is ${isRefused ? 'refused' : 'allowed'}`);
    }
    return different;
  }
});
