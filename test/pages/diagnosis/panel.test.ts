import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARKED } from '../../doctor/gateway/backend.ts';
import {
  isOfServer,
  isPoll,
  isPreflight,
  isRequest,
  isSubscription,
} from '../../doctor/gateway/faults/requests.ts';
import { withHeader, withoutHeader } from '../../doctor/gateway/reply.ts';
import type { StartedGateway, StartGatewayOptions } from '../../doctor/gateway/start-gateway.ts';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import type { Page } from '../../engines/page.ts';
import type { LocalServer } from '../../harness/local-server.ts';
import { bundlePage } from '../bundle-page.ts';
import { optionsFor, servePage, startBankFor } from './diagnosed-bank.ts';

/** An error, a warning, and headers to add. */
const FAULTY: StartGatewayOptions['changes'] = [
  {
    at: 'gateway',
    change(reply, request) {
      if (isPreflight(request) && request.subject === 'enrich')
        return withHeader(reply, 'Access-Control-Allow-Headers', 'content-type');
      if (isSubscription(request))
        return withHeader(reply, 'Access-Control-Expose-Headers', 'Location, Date');
      if (isPoll(request)) return withoutHeader(reply, 'Cache-Control');
      if (isOfServer(request) && isRequest(request) && reply.status === 401 && request.subject === 'pserver')
        return withoutHeader(reply, 'Access-Control-Allow-Origin');
      return reply;
    },
  },
];

const strict = (gateway: string) =>
  `default-src 'self'; connect-src ${gateway}; require-trusted-types-for 'script'`;

describe(`the panel of a diagnosis in ${engineUnderTest}`, () => {
  let engine: Engine;
  let server: LocalServer;
  let bank: StartedGateway;
  let page: Page;
  let policy = '';

  beforeAll(async () => {
    const script = await bundlePage('test/pages/diagnosis/page.ts');
    server = await servePage(script, () => ({ 'content-security-policy': policy }));
    bank = await startBankFor(server.url, { changes: FAULTY });
    policy = strict(bank.gateway);
    engine = await launch(engineUnderTest);
    page = await engine.open(server.url);
  });
  afterAll(async () => {
    await engine?.close();
    await Promise.all([server?.close(), bank?.close()]);
  });

  async function show(options: object): Promise<void> {
    await page.goto(server.url);
    await page.evaluate((given) => void window.showDiagnosis(given as never), options);
    await addFunctions(page);
  }

  it('S1 shows what was found, and what was fine, under a strict policy', async () => {
    await show(optionsFor(bank, { servers: ['pserver', 'enrich', 'linxo'] }));
    await page.waitFor(() => window.outcome === '4 findings');
    const { state, findings, status } = await page.evaluate(() => ({
      state: text('.diagnosis .state'),
      findings: all('.finding').map((one) => one.textContent ?? ''),
      status: text('[role="status"]'),
    }));
    expect(state).toMatch(/^3 errors, 1 warning; \d+ checks fine, \d+ skipped$/);
    expect(status).toBe(`Diagnosis. ${state}`);
    expect(findings).toHaveLength(4);
    expect(findings.join('\n')).toMatch(
      /Error, PServer: .*Error, Enrich: The preflight does not allow authtoken.*Error, Page: .*Warning, Queue: /s,
    );
    expect(findings.at(-1)).toContain('Cache-Control: no-store');
    expect(findings.join()).toContain('Configuration of nginx');
  });

  it('shows the configuration of the chosen gateway', async () => {
    await page.evaluate(() => {
      (one('.finding details') as HTMLDetailsElement).open = true;
      const choice = one('.choice select') as HTMLSelectElement;
      choice.value = 'azure';
      choice.dispatchEvent(new Event('change'));
    });
    expect(await page.evaluate(() => text('.finding summary'))).toBe('Configuration of Azure API Management');
    expect(await page.evaluate(() => text('.finding pre'))).toContain('<');
    // What was opened stays open.
    expect(await page.evaluate(() => (one('.finding details') as HTMLDetailsElement).open)).toBe(true);
  });

  it('S1 says what was copied, also where the page may not copy', async () => {
    const { label, said } = await page.evaluate(async () => {
      const { clipboard } = navigator;
      const written = (result: Promise<void>): void => {
        Object.defineProperty(clipboard, 'writeText', { value: () => result, configurable: true });
      };
      const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
      written(Promise.reject(new Error('not allowed')));
      one('[aria-label="Copy the header"]').click();
      await turn();
      const dialog = one('dialog') as HTMLDialogElement;
      dialog.close();
      written(Promise.resolve());
      one('[aria-label="Copy the configuration"]').click();
      await turn();
      return { label: dialog.getAttribute('aria-label'), said: text('[role="status"]') };
    });
    expect([label, said]).toEqual(['Header', 'The configuration is on the clipboard.']);
  });

  it('T4 is part of the report, and has no secret', async () => {
    const { report, shown } = await page.evaluate(() => ({
      report: window.inspector.report(),
      shown: (window.inspector.shadowRoot as ShadowRoot).innerHTML,
    }));
    expect(report).toMatch(/\ndiagnosis: 3 errors, 1 warning; .*\nerror {2}PServer {2}error-answer-origin\n/);
    expect(report).toMatch(/\n {4}header: Cache-Control: no-store\n/);
    expect(report).toMatch(/\nskipped {2}Page {2}whether other sites/);
    for (const secret of Object.values(MARKED)) expect(report + shown).not.toContain(secret);
  });

  it('runs again with the same options, by keyboard', async () => {
    const before = bank.requests.length;
    await page.evaluate(() => action().focus());
    await page.press('Enter');
    await page.waitFor(() => text('.diagnosis .state').startsWith('3 errors'));
    await page.waitFor((count) => count > 0, bank.requests.length - before);
    expect(await page.evaluate(() => root().activeElement?.textContent)).toBe('Run again');
  });

  it('is closed by its button, and the focus stays in the inspector', async () => {
    await page.evaluate(() => {
      const close = one('[aria-label="Close the diagnosis"]');
      close.focus();
      close.click();
    });
    const { isHidden, focus, report, said } = await page.evaluate(() => ({
      isHidden: (one('.diagnosis') as HTMLElement).hidden,
      focus: root().activeElement?.textContent,
      report: window.inspector.report(),
      said: text('[role="status"]'),
    }));
    expect({ isHidden, focus, said }).toEqual({
      isHidden: true,
      focus: 'Pause',
      said: 'The diagnosis is closed.',
    });
    expect(report).not.toContain('diagnosis:');
  });

  it('says that nothing was found', async () => {
    const right = await startBankFor(server.url);
    policy = strict(right.gateway);
    await show(optionsFor(right, { servers: ['linxo'] }));
    await page.waitFor(() => window.outcome === '0 findings');
    expect(await page.evaluate(() => text('.diagnosis .state'))).toMatch(/^Nothing found; \d+ checks fine, /);
    policy = strict(bank.gateway);
    await right.close();
  });

  it('shows which option does not fit', async () => {
    await show({ endpoints: { pserver: '/execute' }, timeout: -1 });
    await page.waitFor(() => window.outcome === 'BanksideError');
    expect(await page.evaluate(() => text('.diagnosis .state'))).toContain("option 'timeout'");
  });

  it.each([
    ['has aborted', 'AbortSignal.abort()', 'Its signal had already aborted.'],
    ['has a time limit', 'AbortSignal.timeout(300)', 'The time limit of its signal ended it.'],
  ])('S1 says why it ended, where its signal %s', async (_what, signal, words) => {
    const silent = await startBankFor(server.url, {
      changes: [{ at: 'wire', change: (reply) => ({ ...reply, send: () => {} }) }],
    });
    policy = strict(silent.gateway);
    await page.goto(server.url);
    const options = JSON.stringify(optionsFor(silent, { timeout: 60_000 }));
    await page.evaluate(`() => void window.showDiagnosis({ ...${options}, signal: ${signal} })`);
    await addFunctions(page);
    await page.waitFor(() => window.outcome !== '');
    expect(await page.evaluate(() => text('.diagnosis .state'))).toBe(words);
    policy = strict(bank.gateway);
    await silent.close();
  });

  it('shows what it sends while it runs, and can be stopped', async () => {
    const silent = await startBankFor(server.url, {
      changes: [{ at: 'wire', change: (reply) => ({ ...reply, send: () => {} }) }],
    });
    policy = strict(silent.gateway);
    await show(optionsFor(silent, { timeout: 60_000 }));
    await page.waitFor(() => text('.diagnosis .state').startsWith('Running'));
    expect(await page.evaluate(() => text('.diagnosis details'))).toContain('POST /pserver/execute');
    // A page may move it: that ends nothing.
    await page.evaluate(() => document.body.append(window.inspector));
    expect(await page.evaluate(() => text('.diagnosis .state'))).toMatch(/^Running/);
    await page.evaluate(() => action().click());
    await page.waitFor(() => window.outcome === 'AbortError');
    expect(await page.evaluate(() => text('.diagnosis .state'))).toBe('It was stopped.');
    // What was planned stays.
    expect(await page.evaluate(() => text('.diagnosis details'))).toContain('PServer at http');
    expect(await page.evaluate(() => (one('.diagnosis') as HTMLElement).dataset['state'])).toBe('stopped');
    await page.evaluate(() => {
      action().click();
      window.inspector.remove();
    });
    await page.waitFor(() => text('.diagnosis .state') === 'It was stopped.');
    policy = strict(bank.gateway);
    await silent.close();
  });
});

describe.each(['light', 'dark'] as const)(
  `the appearance of a diagnosis in ${engineUnderTest}, %s`,
  (colourScheme) => {
    let engine: Engine;
    let server: LocalServer;
    let bank: StartedGateway;
    let page: Page;

    beforeAll(async () => {
      const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
      const script = await bundlePage('test/pages/diagnosis/page.ts');
      server = await servePage(`${axe};\n${script}`);
      bank = await startBankFor(server.url, { changes: FAULTY });
      engine = await launch(engineUnderTest, { viewport: { width: 1280, height: 900 }, colourScheme });
      page = await engine.open(server.url);
      const options = optionsFor(bank, { servers: ['pserver', 'enrich', 'linxo'] });
      await page.evaluate((given) => void window.showDiagnosis(given as never), options);
      await addFunctions(page);
      await page.waitFor(() => window.outcome === '3 findings');
      await page.waitFor(() => one('.lanes canvas').hasAttribute('aria-label')); // the rest is rendered, too
      await page.evaluate(() => {
        for (const details of all('details')) (details as HTMLDetailsElement).open = true;
      });
    });
    afterAll(async () => {
      await engine?.close();
      await Promise.all([server?.close(), bank?.close()]);
    });

    it.each([1280, 360])('passes the accessibility checks of axe, at a width of %i', async (width) => {
      await page.resize({ width, height: 900 });
      const shots = process.env['BANKSIDE_SCREENSHOTS'];
      if (shots) await page.screenshot(`${shots}/diagnosis-${engineUnderTest}-${colourScheme}-${width}.png`);
      const { scrollWidth, clientWidth } = await page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        clientWidth: document.documentElement.clientWidth,
      }));
      expect(scrollWidth).toBe(clientWidth);
      const violations = await page.evaluate(async () => {
        const { violations: found } = await window.axe.run();
        return found.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
      });
      expect(violations).toEqual([]);
    });
  },
);

/** Functions with which tests read the inspector's shadow tree. */
async function addFunctions(page: Page): Promise<void> {
  await page.evaluate(`() => {
    window.root = () => window.inspector.shadowRoot;
    window.one = (css) => root().querySelector(css);
    window.all = (css) => [...root().querySelectorAll(css)];
    window.text = (css) => one(css)?.textContent ?? '';
    window.action = () => one('.diagnosis .bar button');
  }`);
}

declare function root(): ShadowRoot;
declare function one(css: string): HTMLElement;
declare function all(css: string): Element[];
declare function text(css: string): string;
declare function action(): HTMLButtonElement;
