import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recording } from '../../../src/recording/recording.ts';
import type { SandboxServer } from '../../../src/testing/server/index.ts';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { ObservedServer } from '../../engines/observed-server.ts';
import type { Page } from '../../engines/page.ts';
import { addActivity } from './add-activity.ts';
import { startPages } from './pages.ts';

declare global {
  interface Window {
    /** What the page has given to the browser to save. */
    saved: { name: string; text: string }[];
  }
}

describe(`a recording of the inspector in ${engineUnderTest}`, () => {
  let server: SandboxServer;
  let observed: ObservedServer;
  let engine: Engine;
  let page: Page;

  beforeAll(async () => {
    server = await startPages();
    observed = await ObservedServer.start(server.url);
    engine = await launch(engineUnderTest);
    page = await engine.open(observed.url);
    await addActivity(page, server);
    await page.evaluate(watchSaved);
  });

  afterAll(async () => {
    await engine?.close();
    await observed?.close();
    await server?.close();
  });

  it('S1 T4 is made and saved under a strict policy, with no value of the user', async () => {
    observed.reset();
    await page.evaluate(() => press('Record'));
    await page.evaluate(() => press('Start recording'));
    server.sandbox.linxo.publish('connection-1', { event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' });
    await page.evaluate(() => {
      const { bridge, poller, ask } = window.inspected;
      const answered = new Promise((resolve) => bridge.on('reply', resolve));
      const read = new Promise((resolve) => poller.on('SYNC_ALL_STARTED', resolve));
      ask('recorded-1', 'PServer', 'getInsights');
      poller.nudge();
      return Promise.all([answered, read]).then(() => true);
    });
    await page.waitFor(() => /^Recording: \d+ s, [\d.]+ (bytes|kB)$/.test(text('.recording .state')));
    await page.evaluate(() => press('Stop recording'));
    await page.evaluate(() => press('Save recording'));

    const file = await page.waitFor(() => window.saved[0]);
    expect(file?.name).toMatch(/^bankside-recording-\d{4}-\d\d-\d\d-\d{6}\.json$/);
    const recording = JSON.parse(file?.text ?? '') as Recording;
    expect(recording.requests).toEqual([
      expect.objectContaining({
        server: 'pserver',
        body: expect.objectContaining({ type: 'getInsights' }),
        end: expect.objectContaining({ reply: expect.anything() }),
      }),
    ]);
    expect(recording.queue?.steps).toContainEqual(
      expect.objectContaining({
        kind: 'event',
        event: expect.objectContaining({ event_type: 'SYNC_ALL_STARTED' }),
      }),
    );
    const tokens = await page.evaluate(() => window.inspected.tokens);
    const secrets = [...tokens, 'hush', 'recorded-1', 'connection-1', 'Héron'];
    expect(secrets.filter((secret) => file?.text.includes(secret))).toEqual([]);
    expect(await observed.problems(page)).toEqual([]);
  });

  it('can be made by keyboard', async () => {
    await page.evaluate(() => focusOn('Record'));
    await page.press('Enter');
    await page.waitFor(() => focused() === 'Start recording');
    await page.press('Enter');
    await page.waitFor(() => focused() === 'Stop recording');
    await page.press('Enter');
    await page.waitFor(() => focused() === 'Save recording');
    await page.press('Enter');
    await page.waitFor(() => window.saved.length === 2);
    await page.press('Tab', 'Tab');
    await page.waitFor(() => focused() === 'Close');
    await page.press('Enter');
    await page.waitFor(() => inside('.recording').hidden && focused() === 'Record');
  });
});

/** Files go to the test, and not to the folder of downloads. */
const watchSaved = `() => {
  window.saved = [];
  let blob;
  const create = URL.createObjectURL;
  URL.createObjectURL = (given) => { blob = given; return create.call(URL, given); };
  HTMLAnchorElement.prototype.click = async function () {
    window.saved.push({ name: this.download, text: await blob.text() });
  };
  window.focusOn = (name) => [...inside().querySelectorAll('button')].find((one) => one.textContent === name).focus();
  window.focused = () => inside().activeElement?.textContent;
}`;

declare function inside(css: string): HTMLElement;
declare function text(css: string): string;
declare function press(name: string): void;
declare function focusOn(name: string): void;
declare function focused(): string | undefined;
