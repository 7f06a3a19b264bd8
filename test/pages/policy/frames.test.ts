import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFramedByAny } from '../../../src/doctor/policy/framing.ts';
import { readPolicies } from '../../../src/doctor/policy/policy.ts';
import { sandboxOf } from '../../../src/doctor/policy/sandbox.ts';
import { namesWithoutDefault, requiresTrustedTypes } from '../../../src/doctor/policy/trusted-types.ts';
import { codeUnder } from '../../docs/fixtures/pages.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';

/** What a page in a frame says of itself. `undefined`: it says nothing. */
interface Outcome {
  readonly origin: 'own' | 'null';
  /** Whether it can write HTML as a string, once it has created the policy named `default`. Where the engine has Trusted Types. */
  readonly canWrite?: boolean;
}

/** Headers of the framed page. */
interface Row {
  readonly policy?: readonly string[];
  readonly frameOptions?: readonly string[];
}

const POLICIES: readonly Row[] = [
  {},
  { policy: ['frame-ancestors *'] },
  { policy: ['frame-ancestors http:'] },
  { policy: ["frame-ancestors 'self'"] },
  { policy: ["frame-ancestors 'none'"] },
  { policy: ['frame-ancestors'] },
  { policy: ['FRAME-ancestors *'], frameOptions: ['DENY'] },
  { policy: ['frame-ancestors *, frame-ancestors https://portal.bank.example'] },
  { policy: ["default-src 'none'; script-src 'unsafe-inline'"] },
  { policy: ['img-src *'], frameOptions: ['DENY'] },
  { frameOptions: ['deny'] },
  { frameOptions: ['SAMEORIGIN'] },
  { frameOptions: ['SAMEORIGIN', 'SAMEORIGIN'] },
  { frameOptions: ['SAMEORIGIN', 'DENY'] },
  { frameOptions: ['ALLOWALL'] },
  { frameOptions: ['ALLOW-FROM https://portal.bank.example'] },
  { frameOptions: ['rubbish'] },
  { policy: ['sandbox allow-scripts'] },
  { policy: ['sandbox allow-scripts allow-same-origin'] },
  { policy: ['sandbox Allow-Scripts ALLOW-same-origin'] },
  { policy: ['sandbox allow-same-origin'] },
  { policy: ['sandbox'] },
  { policy: ['sandbox allow-scripts allow-same-origin', 'sandbox allow-scripts'] },
  { policy: ["require-trusted-types-for 'script'"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types default"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types bank default"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types *"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types bank"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types Default"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types 'none'"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types 'none' default"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types"] },
  { policy: ["require-trusted-types-for 'script'; trusted-types 'allow-duplicates'"] },
  { policy: ["require-trusted-types-for 'script'", "trusted-types 'none'"] },
  { policy: ["trusted-types 'none'"] },
  { policy: ['require-trusted-types-for script; trusted-types bank'] },
];

describe(`a page in a frame of another site, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  let server: LocalServer;

  beforeAll(async () => {
    server = await serveLocally(({ url = '' }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://page.invalid');
      const row = POLICIES[Number(searchParams.get('row'))];
      response.setHeader('content-type', 'text/html');
      if (pathname === '/framed' && row) sendFramed(response, row);
      else response.end(OUTER);
    });
  });

  afterAll(() => server?.close());

  it('can do what this package says', async () => {
    const page = await getEngine().open(server.url);
    const framed = `${server.url.replace('127.0.0.1', 'localhost')}/framed`;
    await page.evaluate(
      (address, count) => {
        for (let row = 0; row < count; row += 1) {
          const frame = document.createElement('iframe');
          frame.src = `${address}?row=${row}`;
          frame.name = `${row}`;
          document.body.append(frame);
        }
      },
      framed,
      POLICIES.length,
    );
    const hasTrustedTypes = await page.evaluate(() => 'trustedTypes' in globalThis);
    await page.waitFor((count) => (globalThis as unknown as Outer).loaded === count, POLICIES.length);

    // The message of a page that may not be shown never comes.
    await expect
      .poll(async () => {
        const outcomes = await page.evaluate(() => (globalThis as unknown as Outer).outcomes);
        return POLICIES.map((row, index) => [row, outcomes[index] ?? 'nothing']);
      })
      .toEqual(POLICIES.map((row) => [row, expected(row, hasTrustedTypes)]));
  });

  function expected({ policy = [], frameOptions = [] }: Row, hasTrustedTypes: boolean): Outcome | 'nothing' {
    const policies = readPolicies(policy, 'header');
    const { allowsScripts, allowsOrigin } = sandboxOf(policies);
    const isShown = isFramedByAny(policies, frameOptions, new URL(server.url));
    if (!isShown || !allowsScripts) return 'nothing';
    const canWrite = !requiresTrustedTypes(policies) || !policies.some(namesWithoutDefault);
    return { origin: allowsOrigin ? 'own' : 'null', ...(hasTrustedTypes && { canWrite }) };
  }
});

interface Outer {
  readonly outcomes: Readonly<Record<number, Outcome>>;
  readonly loaded: number;
}

const OUTER = `<!doctype html><body><script>
  outcomes = {};
  loaded = 0;
  addEventListener('message', ({ data: { row, ...outcome } }) => { outcomes[row] = outcome; });
  document.addEventListener('load', ({ target }) => { if (target.localName === 'iframe') loaded += 1; }, true);
</script></body>`;

function sendFramed(response: ServerResponse, { policy, frameOptions }: Row): void {
  if (policy) response.setHeader('content-security-policy', policy);
  if (frameOptions) response.setHeader('x-frame-options', frameOptions);
  response.end(`<!doctype html><body><script>
    const canWrite = () => {
      try { ${codeUnder('docs/gateway.md', 'Content security policy').code} } catch {}
      try { document.createElement('p').innerHTML = '<b>text</b>'; return true; } catch { return false; }
    };
    parent.postMessage({
      row: Number(name),
      origin: self.origin === 'null' ? 'null' : 'own',
      ...('trustedTypes' in self && { canWrite: canWrite() }),
    }, '*');
  </script></body>`);
}
