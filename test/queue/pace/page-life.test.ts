import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isHidden, watchPageLife } from '../../../src/queue/pace/page-life.ts';
import { StandInPage } from '../fixtures/stand-in-page.ts';

let heard: string[];
let stop: AbortController;

beforeEach(() => {
  heard = [];
  stop = new AbortController();
});

afterEach(() => {
  stop.abort();
  vi.unstubAllGlobals();
});

function watch(): void {
  watchPageLife({ woken: () => heard.push('woken'), left: () => heard.push('left') }, stop.signal);
}

describe('in a page', () => {
  let page: StandInPage;
  beforeEach(() => {
    page = new StandInPage();
    page.install();
    watch();
  });
  afterEach(() => page.uninstall());

  it('Q5 it is woken when it becomes visible, and not when it is hidden', () => {
    page.show(false);
    expect([heard, isHidden()]).toEqual([[], true]);
    page.show(true);
    expect([heard, isHidden()]).toEqual([['woken'], false]);
  });

  it.each([{ persisted: true }, { persisted: false }, {}])('Q5 it is woken by any pageshow: %j', (more) => {
    page.dispatch('pageshow', more);
    expect(heard).toEqual(['woken']);
  });

  it('Q5 it is woken by online, and when it is unfrozen; it is left with pagehide', () => {
    page.dispatch('online');
    page.document.dispatchEvent(new Event('resume'));
    page.dispatch('pagehide');
    expect(heard).toEqual(['woken', 'woken', 'left']);
  });

  it('Q8 nothing is heard after the signal has aborted', () => {
    stop.abort();
    for (const type of ['online', 'pagehide', 'pageshow']) page.dispatch(type);
    page.show(true);
    expect(heard).toEqual([]);
  });

  it('S2 an engine that does not know whether a page is visible counts as visible', () => {
    Object.assign(page.document, { visibilityState: undefined });
    page.document.dispatchEvent(new Event('visibilitychange'));
    expect([heard, isHidden()]).toEqual([['woken'], false]);
  });
});

describe('S2 in an engine', () => {
  it.each([
    ['without a document and events', {}],
    ['whose document has no events', { document: {} }],
    ['whose document is null', { document: null }],
  ])('%s it counts as visible, and nothing throws', (_name, globals) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    watch();
    expect([heard, isHidden()]).toEqual([[], false]);
  });

  it('that is a worker, it is woken by online', () => {
    const scope = new EventTarget();
    vi.stubGlobal('addEventListener', scope.addEventListener.bind(scope));
    watch();
    scope.dispatchEvent(new Event('online'));
    expect([heard, isHidden()]).toEqual([['woken'], false]);
  });
});
