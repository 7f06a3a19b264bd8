import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { origin } from './fixtures/bank-page.ts';
import { codeUnder, pageOf } from './fixtures/pages.ts';
import { bodiesOf, stillness } from './fixtures/served.ts';
import { runOnShipped } from './fixtures/shipped-page.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();
const counted = expect.objectContaining({ ok: true, numberOfInsights: 6, unread: 4 });

describe.each(['The page before', 'The page after'] as const)('%s, on the build that ships', (heading) => {
  const open = () => runOnShipped(stage, codeUnder('docs/migrate.md', heading));
  const opened = () => stage.page.router.open.mock.calls;

  /** The first teaser has one button more, for this action. */
  function addButton(actionType: string, payload: object): void {
    stage.server.use(
      http.post(`${origin}/pserver/execute`, async ({ request }) => {
        const command = (await request.clone().json()) as { type: string };
        if (command.type !== 'getInboxInsights') return undefined;
        const reply = stage.sandbox.pserver.execute(command) as unknown as { insights: object[] };
        const [first, ...others] = reply.insights;
        const options = [{ id: 'added', text: 'Do it', active: true, action: 'added' }];
        const teaserBlocks = [{ blockId: 'buttons', type: 'buttons', options }];
        const actions = [{ actionId: 'added', actionType, payload }];
        return HttpResponse.json({ ...reply, insights: [{ ...first, teaserBlocks, actions }, ...others] });
      }),
    );
  }

  async function pressAdded(actionType: string, payload: object) {
    addButton(actionType, payload);
    const page = await open();
    page.widget.user.pressButton(await page.shown(0), 'added');
    return page;
  }

  const types = async () => (await bodiesOf(stage)).map((body) => (body as { type: string }).type);

  it('B13 the inbox is asked for, drawn once, and its reports are sent', async () => {
    const { widget, shown } = await open();
    expect((await shown(0)).items).toHaveLength(6);
    await vi.waitFor(async () => expect(await types()).toContain('sendEvents'), { timeout: 20_000 });
    await stillness(stage);
    widget.assertExactlyOnce();
  });

  it('B13 subscriptions are asked of Enrich', async () => {
    const { widget, shown } = await open();
    await shown(0);
    const ok = vi.fn();
    widget.getUserSubscriptions(ok, undefined);
    await vi.waitFor(() => expect(ok).toHaveBeenCalledOnce(), { timeout: 20_000 });
    expect(stage.arrived.at(-1)?.url).toBe(`${origin}/enrich/execute`);
  });

  it('B14 a teaser’s click opens its story, which has its stars', async () => {
    const { widget, shown } = await open();
    const inbox = await shown(0);
    widget.user.clickTeaser(inbox, 1);
    const story = await shown(1);
    expect(story).toMatchObject({ widgetType: 'story-widget', el: '#insights' });
    widget.user.rate(story, 4);
    await vi.waitFor(async () => expect(await types()).toContain('updateInsightRating'));
    await stillness(stage);
    widget.assertExactlyOnce();
  });

  it('B14 openStory opens the story that it names', async () => {
    const { id, insightId } = stage.sandbox.pserver.insights[2] ?? {};
    const { widget, shown } = await open();
    await shown(0);
    const data = { actionType: 'openStory', payload: { insightId: id, instanceId: insightId } };
    widget.sendWidgetEvent({}, { requestString: 'navigateToPage', data });
    expect((await shown(1)).widgetType).toBe('story-widget');
    expect(await bodiesOf(stage)).toContainEqual(
      expect.objectContaining({ type: 'getInsightDetails', insightId: id }),
    );
  });

  it('B14 callPersoneticsAPI runs the widget’s own function, with its callbacks', async () => {
    const { shown } = await pressAdded('callPersoneticsAPI', {
      apiName: 'getNumberOfInsights',
      apiBody: {},
    });
    const inbox = await shown(0);
    await vi.waitFor(() => expect(inbox.outcomes).toHaveLength(1), { timeout: 20_000 });
    expect(inbox.outcomes[0]).toMatchObject({ callback: 'successCallback', args: [counted] });
  });

  it('B14 callPersoneticsAPI calls the other callback for a failed reply', async () => {
    const { shown } = await pressAdded('callPersoneticsAPI', { apiName: 'noSuchCommand', apiBody: {} });
    const inbox = await shown(0);
    await vi.waitFor(() => expect(inbox.outcomes).toHaveLength(1), { timeout: 20_000 });
    expect(inbox.outcomes[0]).toMatchObject({ callback: 'failureCallback', args: [{ ok: false }] });
  });

  it('B14 a link is followed', async () => {
    await pressAdded('externalNavigationUrl', { navigateTarget: 'https://help.bank.example/a' });
    expect(stage.page.location.assign.mock.calls).toEqual([['https://help.bank.example/a']]);
  });

  it('B14 budgets open, and a changed one has insights generated and read again', async () => {
    const { widget, shown } = await pressAdded('externalNavigation', { navigateTarget: 'manageBudget' });
    const budgets = await shown(1);
    expect(budgets.widgetType).toBe('manage-budgets');
    const before = (await types()).length;
    widget.user.changeBudget(budgets, 0, 250);
    await vi.waitFor(
      async () => {
        const asked = (await types()).slice(before);
        expect(asked).toContain('setBudgetSettings');
        expect(asked.filter((type) => /^(generate|get)Insights$/.test(type))).toEqual([
          'generateInsights',
          'getInsights',
        ]);
      },
      { timeout: 20_000 },
    );
    expect(stage.sandbox.pserver.budgets[0]?.budgetAmount).toBe(250);
  });

  it('B14 the end of the budgets opens the inbox again', async () => {
    const { widget, shown } = await pressAdded('externalNavigation', { navigateTarget: 'manageBudget' });
    widget.user.closeBudgets(await shown(1));
    expect((await shown(2)).widgetType).toBe('teaser-widget');
  });

  it('B14 the end of the inbox is the page’s', async () => {
    const { widget, shown } = await open();
    widget.user.closeInbox(await shown(0));
    expect(opened()).toEqual([['overview']]);
    expect(widget.views).toHaveLength(1);
  });

  it('B14 subscriptions, and any other page, are the page’s', async () => {
    const { widget } = await pressAdded('externalNavigation', { navigateTarget: 'subscriptions' });
    widget.sendWidgetEvent({}, { data: { actionType: 'externalNavigation', navigateTarget: 'cards' } });
    expect(opened()).toEqual([['subscriptions'], ['cards']]);
  });

  it('B14 a story’s button navigates', async () => {
    const { widget, shown } = await open();
    const inbox = await shown(0);
    const leads = (target: string | undefined) => target !== undefined && target !== 'manageBudget';
    const withButton = stage.sandbox.pserver.insights.find(({ actions }) =>
      leads(actions[0]?.payload.navigateTarget),
    );
    const index = (inbox.items as { id: string }[]).findIndex(({ id }) => id === withButton?.id);
    widget.user.clickTeaser(inbox, index);
    const story = await shown(1);
    const buttons = (story.items as { options?: { id: string }[] }[]).flatMap(({ options }) => options ?? []);
    const target = withButton?.actions[0]?.payload.navigateTarget ?? '';
    expect(buttons).toHaveLength(1);
    widget.user.pressButton(story, buttons[0]?.id ?? '');
    await vi.waitFor(() => expect(opened()).toEqual([[target]]));
  });

  it('B14 “view all” opens the inbox', async () => {
    const { widget, shown } = await open();
    await shown(0);
    widget.sendWidgetEvent({}, { eventType: 'inboxWidgetStarted' });
    expect((await shown(1)).widgetType).toBe('teaser-widget');
  });

  it('B14 a failed reply is reported, and signs nobody out', async () => {
    const { widget, shown } = await open();
    await shown(0);
    widget.callPersoneticsAPI('noSuchCommand', {});
    const { warn } = stage.page.console;
    await vi.waitFor(
      () => expect(warn).toHaveBeenCalledWith('A reply failed', expect.objectContaining({ ok: false })),
      { timeout: 20_000 },
    );
    expect(stage.page.location.assign).not.toHaveBeenCalled();
    expect(opened()).toEqual([]);
  });
});

it('each function of the page as it is has a row that says where it went', () => {
  const { code } = codeUnder('docs/migrate.md', 'The page before');
  const [, body = ''] = code.split('window.EventDelegate = class {');
  const functions = [...body.matchAll(/^ {2}(\w+) =/gm)].map(([, name = '']) => name);
  expect(functions).toHaveLength(6);
  const named = [...body.matchAll(/(?:eventType|actionType) === '(\w+)'/g)].map(([, name = '']) => name);
  const table = pageOf('docs/migrate.md').tables.find(({ heading }) => heading.startsWith('Where each'));
  const told = table?.rows.map(([cell]) => cell).join();
  for (const name of [...functions, ...named]) expect(told).toContain(`\`${name}\``);
});

it('each function that a sample delegate may have, and that the bridge’s has, has a row too', () => {
  const { sendRequestToOBServer, handlePersoEvent, widgetEventHandler, ...ofSamples } =
    stage.page.bridge.delegate;
  const table = pageOf('docs/migrate.md').tables.find(({ heading }) => heading.startsWith('Where each'));
  const told = table?.rows.map(([cell]) => cell).join();
  for (const name of Object.keys(ofSamples)) expect(told).toContain(`\`${name}\``);
});
