import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeUnder } from './fixtures/pages.ts';
import { bodiesOf } from './fixtures/served.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const { run, answers, arrived } = stage;

const count = { type: 'getNumberOfInsights' };
const counted = { ok: true, numberOfInsights: 6, unread: 4 };

describe('docs/vanilla.md', () => {
  it('B13 shows a page that works on the build that ships', async () => {
    const { widget, shown } = await runOnShipped(
      stage,
      codeUnder('docs/vanilla.md', 'The first page that works'),
    );
    expect((await shown(0)).items).toHaveLength(6);
    expect((await bodiesOf(stage))[0]).toMatchObject({
      type: 'getInboxInsights',
      lang: 'en',
      deviceType: 'web',
    });
    widget.assertExactlyOnce();
  });

  it('B14 handles the widget’s actions', async () => {
    await run(codeUnder('docs/vanilla.md', 'Handle widget actions'));
    const { bridge, personetics, router } = stage.page;
    bridge.delegate.widgetEvent({}, { eventType: 'teaserClick', insightId: 'i1', instanceId: 'type1' });
    bridge.delegate.navigateToPage({ data: { navigateTarget: 'cards' } });
    bridge.delegate.sessionEnded({ ExistInbox: true });
    expect(personetics.started).toMatchObject([
      { widgetType: 'story-widget', insightId: 'i1', el: '#insights' },
    ]);
    expect(router.open.mock.calls).toEqual([['cards'], ['overview']]);
  });

  it('B12 shows how a widget that loads later gets the functions, and its replies', async () => {
    await run(codeUnder('docs/vanilla.md', 'A widget that loads later'));
    expect(stage.page.personetics.delegate).toBeUndefined();
    const [type, loaded] = stage.page.window.addEventListener.mock.calls[0] ?? [];
    expect(type).toBe('load');
    loaded();
    stage.page.personetics.delegate?.sendRequestToPServer(count, '7');
    expect(await answers()).toEqual([{ response: expect.objectContaining(counted), requestId: '7' }]);
  });

  it('B12 shows a widget that loads later, of the build that ships', async () => {
    const { bridge } = stage.page;
    const { shown } = await runOnShipped(stage, codeUnder('docs/vanilla.md', 'A widget that loads later'), {
      bridge,
    });
    expect(arrived).toEqual([]);
    dispatchEvent(new Event('load'));
    expect((await shown(0)).items).toHaveLength(6);
    const [body] = await Promise.all(arrived.map((request) => request.clone().json()));
    expect(body).toMatchObject({ type: 'getInboxInsights', lang: 'en', deviceType: 'web' });
  });

  it('needs no build', async () => {
    const bundle = readFileSync('dist/bankside.iife.min.js', 'utf8');
    const Bankside = new Function(`${bundle}; return Bankside;`)();
    await run(codeUnder('docs/vanilla.md', 'A script tag'), { Bankside });
    stage.page.personetics.sendRequestToPServer?.(count, '7');
    expect(await answers()).toEqual([{ response: expect.objectContaining(counted), requestId: '7' }]);

    const { widget, shown } = await runOnShipped(stage, codeUnder('docs/vanilla.md', 'A script tag'), {
      Bankside,
    });
    widget.startWidget({ widgetType: 'teaser-widget', el: '#insights' });
    expect((await shown(0)).items).toHaveLength(6);
  });
});
