import { describe, expect, it, vi } from 'vitest';
import { initialized, reportsOf, started, stopTheClock } from './fixtures/spied-delegate.ts';

stopTheClock();

const event = (type: string, more: object = {}, params: object = { n: 1 }) => ({
  eventMessage: { type: 'sendEvents', eventInfo: { type, params }, ...more },
});

/** The batches that were sent. */
const batchesOf = (calls: (readonly unknown[])[]) =>
  calls
    .map(([, body]) => body as { type?: string; eventsInfoList?: { type: string }[] })
    .filter(({ type }) => type === 'sendEvents')
    .map(({ eventsInfoList = [] }) => eventsInfoList.map(({ type }) => type));

describe('events', () => {
  it('are sent every two seconds, if there are any', () => {
    const { widget, argsOf } = initialized({ lang: 'en' });
    vi.advanceTimersByTime(1_000);
    widget.notifyEvent(event('one'));
    widget.notifyEvent(event('two'));
    vi.advanceTimersByTime(999);
    expect(argsOf('sendRequestToPServer')).toEqual([]);
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(10_000);

    const at = '3/5/2026 7:8:10';
    expect(argsOf('sendRequestToPServer').map(([, body]) => body)).toEqual([
      {
        clientVersion: '21.5',
        protocolVersion: '2.6',
        lang: 'en',
        eventsInfoList: [
          { type: 'one', eventDateTime: at, params: { n: 1 } },
          { type: 'two', eventDateTime: at, params: { n: 1 } },
        ],
        type: 'sendEvents',
        ctxId: 'dashboard',
      },
    ]);
  });

  it('of a teaser have its ids swapped compared with the reports', () => {
    const { reply, argsOf } = started({});
    reply('getInboxInsights', { ok: true, insights: [{ id: 'i1', insightId: 'type-1', text: 'One' }] });
    vi.advanceTimersByTime(2_000);
    const sent = argsOf('sendRequestToPServer').at(-1)?.[1] as { eventsInfoList: unknown[] };
    expect(sent.eventsInfoList).toEqual([
      {
        type: 'Presented',
        eventDateTime: '3/5/2026 7:8:9',
        params: { value: '1', insightId: 'type-1', instanceId: 'i1' },
      },
    ]);
    expect(argsOf('widgetEvent').at(-1)?.[1]).toMatchObject({
      eventData: { insightId: 'i1', instanceId: 'type-1' },
    });
  });

  it.each(['Navigation', 'BudgetCategoryActivation', 'BudgetCategoryDeActivation', 'BudgetAmount'])(
    'are sent at once if one is %s',
    (type) => {
      const { widget, argsOf } = initialized();
      widget.notifyEvent(event('other'));
      widget.notifyEvent(event(type));
      expect(batchesOf(argsOf('sendRequestToPServer'))).toEqual([['other', type]]);
    },
  );

  it('B7 of two batches in one millisecond have one id, and both are sent', () => {
    const { widget, argsOf } = initialized();
    widget.notifyEvent(event('Navigation', {}, { n: 1 }));
    widget.notifyEvent(event('Navigation', {}, { n: 2 }));
    const [[, first, id] = [], [, second, again] = []] = argsOf('sendRequestToPServer');
    expect(again).toBe(id);
    expect([first, second]).toMatchObject([
      { eventsInfoList: [{ params: { n: 1 } }] },
      { eventsInfoList: [{ params: { n: 2 } }] },
    ]);
  });

  it('call their callbacks with the reply to their batch; a failed one calls sessionError', () => {
    const { widget, reply, argsOf } = initialized();
    const [ok, fail] = [vi.fn(), vi.fn()];
    widget.notifyEvent(event('Navigation'), ok, fail);
    reply('sendEvents', { ok: true });
    reply('sendEvents', { ok: false });
    expect([ok.mock.calls, fail.mock.calls]).toEqual([[[{ ok: true }]], [[{ ok: false }]]]);
    expect(argsOf('sessionError')).toEqual([[{ ok: false }]]);
  });

  it('that equal a sent one are dropped with checkInPastEvent, but not within one batch', () => {
    const { widget, argsOf } = initialized();
    const checked = event('one', { checkInPastEvent: true });
    widget.notifyEvent(checked);
    widget.notifyEvent(checked);
    vi.advanceTimersByTime(2_000);
    widget.notifyEvent(checked);
    widget.notifyEvent(event('one'));
    vi.advanceTimersByTime(2_000);
    expect(batchesOf(argsOf('sendRequestToPServer'))).toEqual([['one', 'one'], ['one']]);
  });

  it('are only Navigation with enableNotifyEvents: false', () => {
    const { widget, argsOf } = initialized({ enableNotifyEvents: false });
    widget.notifyEvent(event('one'));
    widget.notifyReportEvent({ type: 'teaserClick', value: '1' });
    widget.notifyEvent(event('Navigation'));
    vi.advanceTimersByTime(2_000);
    expect(batchesOf(argsOf('sendRequestToPServer'))).toEqual([['Navigation']]);
  });
});

describe('notifyReportEvent', () => {
  it('reports, and buffers with the name of events; reportOnly only reports', () => {
    const { widget, argsOf, ...spy } = initialized();
    widget.notifyReportEvent({ type: 'navigateButton', value: 'cards' });
    widget.notifyReportEvent({ type: 'inboxWidgetStarted', value: 2 }, true);
    vi.advanceTimersByTime(2_000);
    expect(reportsOf({ argsOf, ...spy })).toEqual([
      ['navigateButton', 'cards'],
      ['inboxWidgetStarted', 2],
    ]);
    expect(batchesOf(argsOf('sendRequestToPServer'))).toEqual([['NavigateButton']]);
  });

  it('does not report after the project sets reporting: false', () => {
    const { reply, argsOf } = started({ callInitPersonetics: true });
    reply('initPersonetics', { ok: true, projectConfiguration: { reporting: false } });
    reply('getInboxInsights', { ok: true, insights: [{ id: 1, text: 'One' }] });
    expect(argsOf('widgetEvent')).toEqual([]);
  });
});
