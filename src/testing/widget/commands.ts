import { overrideFields } from './override-fields.ts';
import { type Ask, type Fields, type RequestProxy, requestIdOf } from './request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from './shipped-test-widget.ts';

type Names =
  | 'initPersonetics'
  | 'getInsights'
  | 'getInboxInsights'
  | 'getInsightDetails'
  | 'getInsightStory'
  | 'getInsightStoryData'
  | 'getInsightStoryDefinition'
  | 'getInsightStoryTexts'
  | 'getInsightRating'
  | 'updateInsightRating'
  | 'updateInsightFeedback'
  | 'updateUserDataAssets'
  | 'getQueryData'
  | 'getBudgetsCategories'
  | 'setBudgetSettings'
  | 'getUserSubscriptions'
  | 'callPersoneticsAPI'
  | 'generateInsights'
  | 'getInsightMessages'
  | 'request';

const SERVLET = '/story/';

/** The functions of build 21.5 that ask a server. */
export function commandFunctions(widget: ShippedTestWidget): Pick<ShippedTestWidget, Names> {
  const send = (fields: Fields, ok: TestCallback, fail: TestCallback, more: Partial<Ask> = {}): void =>
    proxyOf(widget).send({ ...more, fields, ok, fail });

  /** Sends a command with the given object's own fields, and writes the type into that object. */
  function sendGiven(
    command: object,
    type: string,
    needed: string[],
    ok: TestCallback,
    fail: TestCallback,
  ): void {
    checkUsage(command, type, needed);
    send(Object.assign(command as Fields, { type }), ok, fail);
  }

  /** Sends the named fields of the given object alone. */
  function sendFields(
    command: object,
    type: string,
    names: string[],
    ok: TestCallback,
    fail: TestCallback,
  ): void {
    const given = Object.assign(command as Fields, { type });
    send({ ...Object.fromEntries(names.map((name) => [name, given[name]])), type }, ok, fail);
  }

  /** The three parts of a story: both ids are needed, and not sent. */
  const storyPart =
    (type: string) =>
    (command: object, ok: TestCallback, fail: TestCallback): void => {
      checkUsage(command, type, ['id', 'insightId']);
      sendFields(command, type, [], ok, fail);
    };

  /** Sends with the arguments one place too far: a success calls the object, a failure calls the success callback. */
  const sendShifted = (fields: Fields, ok: TestCallback): void => send(fields, fields as never, ok);

  return {
    initPersonetics(ok, fail) {
      const { mode, predefinedFile, isPredefined } = widget.config;
      send({ mode, predefinedFile, isPredefined, type: 'initPersonetics' }, ok, fail);
    },
    getInsights(bankInfo, ok, fail, autoGenerate) {
      const generate = autoGenerate === undefined ? {} : { autoGenerate };
      send({ bankInfo, ...generate, type: 'getInsights' }, ok, fail);
    },
    getInboxInsights: (bankInfo, ok, fail) => send({ bankInfo, type: 'getInboxInsights' }, ok, fail),
    getInsightDetails: (command, ok, fail) =>
      sendGiven(command, 'getInsightDetails', ['insightId'], ok, fail),
    getInsightStory(command, ok, fail) {
      checkUsage(command, 'getInsightStory', ['id', 'insightId']);
      Object.assign(command, { servletName: SERVLET });
      sendGiven(command, 'getInsightStory', [], ok, fail);
    },
    getInsightStoryData: storyPart('getInsightStoryData'),
    getInsightStoryDefinition: storyPart('getInsightStoryDefinition'),
    getInsightStoryTexts: storyPart('getInsightStoryTexts'),
    getInsightRating(command, ok, fail) {
      checkUsage(command, 'getInsightRating', ['id']);
      sendFields(command, 'getInsightRating', ['id'], ok, fail);
    },
    updateInsightRating(command, ok, fail) {
      checkUsage(command, 'updateInsightRating', ['id', 'rating']);
      sendFields(command, 'updateInsightRating', ['id', 'rating'], ok, fail);
      widget.notifyReportEvent({ type: 'rating', value: (command as Fields)['rating'] }, true);
    },
    updateInsightFeedback(command, ok, fail) {
      checkUsage(command, 'updateInsightFeedback', ['id']);
      sendFields(command, 'updateInsightFeedback', ['id', 'feedback'], ok, fail);
      widget.notifyReportEvent({ type: 'feedback', value: (command as Fields)['feedback'] }, true);
    },
    updateUserDataAssets: (eventList, ok, fail) =>
      send({ eventList, type: 'updateUserDataAssets' }, ok, fail),
    getQueryData(command, ok, fail) {
      checkUsage(command, 'getQueryData', ['queryName', 'queryParams']);
      Object.assign(command, { servletName: SERVLET });
      sendGiven(command, 'getStoryQueryData', [], ok, fail);
    },
    getBudgetsCategories: (ok, fail) => send({ type: 'getBudgetsCategories' }, ok, fail),
    setBudgetSettings: (settings, ok, fail) => send({ settings, type: 'setBudgetSettings' }, ok, fail),
    getUserSubscriptions(ok, fail) {
      const fields = { accountId: widget.config['userId'], type: 'getUserSubscriptions' };
      send(fields, ok, fail, { sender: 'sendRequestToEnrichServer' });
    },
    callPersoneticsAPI(name, body, ok, fail) {
      if (!name || body === undefined) throw 'callPersoneticsAPI: usage (apiName, apiBody, success, failure)';
      const isEnrich = name === 'getUserSubscriptions';
      const fields = { ...overrideFields(body ?? {}, widget.config), type: name };
      const nothing = (): void => {}; // the widget's own ones log
      send(fields, ok ?? nothing, fail ?? nothing, {
        isBare: true,
        sender: isEnrich ? 'sendRequestToEnrichServer' : undefined,
      });
    },
    generateInsights(bankInfo, ok) {
      const { ctxId } = proxyOf(widget);
      if (typeof ctxId !== 'string' || ctxId === '')
        throw new TypeError('generateInsights: without a type there is no ctxId for it');
      sendShifted({ bankInfo }, ok);
    },
    getInsightMessages(command, ok) {
      sendShifted(Object.assign(command as Fields, { type: 'messageHistory' }), ok);
    },
    request(server, body, { requestId, headers } = {}) {
      const asking = new Promise<unknown>((resolve, reject) => {
        if (server === 'ob')
          throw new Error('Test widget, build 21.5: expected pserver or enrich, which it asks; got ob');
        if (headers) {
          throw new Error(
            'Test widget, build 21.5: headers are those of all requests: give them to initialize as requestHeaders',
          );
        }
        if (!widget.pserverProxy)
          throw new Error('Test widget, build 21.5: call initialize or startWidget first');
        const id = requestId === undefined ? requestIdOf((body as Fields)['type']) : `${requestId}`;
        const sender = server === 'enrich' ? 'sendRequestToEnrichServer' : 'sendRequestToPServer';
        send({ ...body }, resolve, resolve, { sender, requestId: id, lost: reject });
      });
      asking.catch(() => {}); // who does not wait for it hears of it from assertExactlyOnce
      return asking;
    },
  };
}

/** @throws TypeError before `initialize`, as the widget does. */
function proxyOf(widget: ShippedTestWidget): RequestProxy {
  return widget.pserverProxy as RequestProxy;
}

/** @throws string where the command lacks a field of its own: the widget throws strings. */
function checkUsage(command: unknown, name: string, needed: readonly string[]): void {
  const missing = needed.find((field) => !Object.hasOwn(Object(command), field));
  if (missing) throw `${name}: usage ({ ${needed.join(', ')} }, success, failure), ${missing} is missing`;
}
