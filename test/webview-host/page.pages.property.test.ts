import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createTestTransport } from '../../src/testing/doubles.ts';
import { createWebViewHost } from '../../src/webview-host.ts';
import { turn } from '../bridge/fixtures/turn.ts';
import { type SimulatedPage, SimulatedWebView } from './fixtures/simulated-web-view.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const ORIGINS = ['https://bank.example', 'https://widget.bank.example', 'https://other.example'];
const HOUR = 3_600_000;

const origin = fc.constantFrom(...ORIGINS);
const ask = fc.record({
  step: fc.constant('ask' as const),
  id: fc.constantFrom('1', 1, '2'),
  type: fc.constantFrom('getInsights', 'getTeaser'),
});
const happening = fc.oneof(
  { weight: 4, arbitrary: ask },
  fc.record({ step: fc.constant('navigate' as const), origin, reset: fc.boolean() }),
  { weight: 2, arbitrary: fc.record({ step: fc.constant('commit' as const) }) },
  fc.record({ step: fc.constant('reset' as const) }),
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constantFrom('answer' as const, 'fail' as const),
      which: fc.nat(5),
    }),
  },
  fc.record({ step: fc.constant('wait' as const), ms: fc.constantFrom(50, 700) }),
);
const setClock = fc.record({ step: fc.constant('set' as const), by: fc.constantFrom(-HOUR, -40, 40, HOUR) });
type Happening =
  | (typeof happening extends fc.Arbitrary<infer H> ? H : never)
  | (typeof setClock extends fc.Arbitrary<infer S> ? S : never);

const settings = fc.record({
  pieceSize: fc.constantFrom(5, 1_000),
  origins: fc.constantFrom(undefined, ORIGINS),
});

/** Lets all of it happen, and then answers what is left. Returns the pages in the order in which they were shown. */
async function play(
  happenings: readonly Happening[],
  options: { readonly pieceSize: number; readonly origins: readonly string[] | undefined },
): Promise<SimulatedPage[]> {
  const transport = createTestTransport();
  const webView = new SimulatedWebView(ORIGINS[0]);
  const { injectJavaScript: inject } = webView;
  const host = createWebViewHost({ transport, inject, reply: 'json', timeout: 1_000, ...options });
  webView.onMessage = host.onMessage;
  const pages = [webView.shown];
  let commit: (() => SimulatedPage) | undefined;
  for (const happening of happenings) {
    // Two pages do not ask in one millisecond.
    vi.advanceTimersByTime(5);
    if (happening.step === 'ask') webView.ask(happening.id, happening.type);
    if (happening.step === 'reset') host.reset();
    if (happening.step === 'wait') vi.advanceTimersByTime(happening.ms);
    if (happening.step === 'set') vi.setSystemTime(Date.now() + happening.by);
    if (happening.step === 'navigate') {
      commit = webView.navigate(happening.origin);
      if (happening.reset) host.reset();
    }
    if (happening.step === 'commit' && commit) {
      pages.push(commit());
      commit = undefined;
    }
    if (happening.step === 'answer' || happening.step === 'fail') {
      const sent = transport.sent[happening.which];
      if (happening.step === 'fail') sent?.fail(new Error('no network'));
      else sent?.answer({ of: sent.request.type });
    }
    await turn();
  }
  vi.advanceTimersByTime(1_000);
  await turn();
  host.dispose();
  return pages;
}

/** Follows under each id what a page asked and got. */
function checkHistory({ events }: SimulatedPage, stays: boolean): void {
  const waitsFor = new Map<string, string>();
  for (const { requestId, asked, got } of events) {
    const id = `${requestId}`;
    if (asked) waitsFor.set(id, asked);
    else {
      expect(waitsFor.has(id), 'a page that waits for none got a reply').toBe(true);
      expect([waitsFor.get(id), undefined], 'a page got the reply to another request').toContain(got?.of);
      waitsFor.delete(id);
    }
  }
  if (stays) expect([...waitsFor], 'left without a reply').toEqual([]);
}

it('B1 no page gets a reply to what it has not asked, and one that stays gets one for each request', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 25 }), settings, async (happenings, options) => {
      const pages = await play(happenings, options);
      for (const page of pages) checkHistory(page, page === pages.at(-1));
    }),
  );
});

it('B1 a page that stays gets one reply for each request, however the clock of the device is set', async () => {
  const withClock = fc
    .oneof({ weight: 10, arbitrary: happening }, { weight: 3, arbitrary: setClock })
    .filter(({ step }) => step !== 'commit');
  await fc.assert(
    fc.asyncProperty(fc.array(withClock, { maxLength: 25 }), settings, async (happenings, options) => {
      for (const page of await play(happenings, options)) checkHistory(page, true);
    }),
  );
});
