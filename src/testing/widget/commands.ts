import { checkNames } from '../known-names.ts';
import { overrideFields, type WidgetFields } from './deep-extend.ts';
import { type ProxyRequest, type RequestProxy, requestIdOf } from './request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from './shipped-test-widget.ts';
import { ASK_OPTIONS } from './test-widget.ts';

const SERVLET = '/story/';

/** The functions of build 21.5 that send a request. */
export function commandFunctions(widget: ShippedTestWidget): Partial<ShippedTestWidget> {
  const send: Send = (fields, ok, fail, more = {}) => proxyOf(widget).send({ ...more, fields, ok, fail });
  return {
    ...projectCommands(widget, send),
    ...insightCommands(widget, send),
    ...storyCommands(send),
    ...brokenCommands(widget, send),
    request: requestFunction(widget, send),
  };
}

type Send = (
  fields: WidgetFields,
  ok: TestCallback,
  fail: TestCallback,
  more?: Partial<ProxyRequest>,
) => void;

/** Writes the type of a command into the page's object. */
function withType(command: object, type: string): WidgetFields {
  return Object.assign(command, { type });
}

/** Some fields of a command, with its type. */
function pick(command: WidgetFields, names: readonly string[]): WidgetFields {
  return Object.fromEntries([...names, 'type'].map((name) => [name, command[name]]));
}

function projectCommands(widget: ShippedTestWidget, send: Send): Partial<ShippedTestWidget> {
  return {
    initPersonetics(ok, fail) {
      const { mode, predefinedFile, isPredefined } = widget.config;
      send({ mode, predefinedFile, isPredefined, type: 'initPersonetics' }, ok, fail);
    },
    updateUserDataAssets: (eventList, ok, fail) =>
      send({ eventList, type: 'updateUserDataAssets' }, ok, fail),
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
      const nothing = (): void => {}; // the widget's own callbacks only log
      send(fields, ok ?? nothing, fail ?? nothing, {
        isBare: true,
        sender: isEnrich ? 'sendRequestToEnrichServer' : undefined,
      });
    },
  };
}

function insightCommands(widget: ShippedTestWidget, send: Send): Partial<ShippedTestWidget> {
  return {
    getInsights(bankInfo, ok, fail, autoGenerate) {
      const generate = autoGenerate === undefined ? {} : { autoGenerate };
      send({ bankInfo, ...generate, type: 'getInsights' }, ok, fail);
    },
    getInboxInsights: (bankInfo, ok, fail) => send({ bankInfo, type: 'getInboxInsights' }, ok, fail),
    getInsightRating(command, ok, fail) {
      checkUsage(command, 'getInsightRating', ['id']);
      send(pick(withType(command, 'getInsightRating'), ['id']), ok, fail);
    },
    updateInsightRating(command, ok, fail) {
      checkUsage(command, 'updateInsightRating', ['id', 'rating']);
      send(pick(withType(command, 'updateInsightRating'), ['id', 'rating']), ok, fail);
      widget.notifyReportEvent({ type: 'rating', value: (command as WidgetFields)['rating'] }, true);
    },
    updateInsightFeedback(command, ok, fail) {
      checkUsage(command, 'updateInsightFeedback', ['id']);
      send(pick(withType(command, 'updateInsightFeedback'), ['id', 'feedback']), ok, fail);
      widget.notifyReportEvent({ type: 'feedback', value: (command as WidgetFields)['feedback'] }, true);
    },
  };
}

function storyCommands(send: Send): Partial<ShippedTestWidget> {
  /** The parts of a story: both ids are required, but not sent. */
  const storyPart =
    (type: string) =>
    (command: object, ok: TestCallback, fail: TestCallback): void => {
      checkUsage(command, type, ['id', 'insightId']);
      send(pick(withType(command, type), []), ok, fail);
    };
  return {
    getInsightDetails(command, ok, fail) {
      checkUsage(command, 'getInsightDetails', ['insightId']);
      send(withType(command, 'getInsightDetails'), ok, fail);
    },
    getInsightStory(command, ok, fail) {
      checkUsage(command, 'getInsightStory', ['id', 'insightId']);
      Object.assign(command, { servletName: SERVLET });
      send(withType(command, 'getInsightStory'), ok, fail);
    },
    getInsightStoryData: storyPart('getInsightStoryData'),
    getInsightStoryDefinition: storyPart('getInsightStoryDefinition'),
    getInsightStoryTexts: storyPart('getInsightStoryTexts'),
    getQueryData(command, ok, fail) {
      checkUsage(command, 'getQueryData', ['queryName', 'queryParams']);
      Object.assign(command, { servletName: SERVLET });
      send(withType(command, 'getStoryQueryData'), ok, fail);
    },
  };
}

/** A bug of the build: the arguments are shifted. A success calls the object, a failure calls the success callback. */
function sendShifted(send: Send, fields: WidgetFields, ok: TestCallback): void {
  send(fields, fields as never, ok);
}

/** The functions that do not work in build 21.5 either. */
function brokenCommands(widget: ShippedTestWidget, send: Send): Partial<ShippedTestWidget> {
  return {
    generateInsights(bankInfo, ok) {
      const { ctxId } = proxyOf(widget);
      if (typeof ctxId !== 'string' || ctxId === '')
        throw new TypeError('generateInsights: without a type there is no ctxId for it');
      sendShifted(send, { bankInfo }, ok);
    },
    getInsightMessages(command, ok) {
      sendShifted(send, withType(command, 'messageHistory'), ok);
    },
  };
}

function requestFunction(widget: ShippedTestWidget, send: Send): ShippedTestWidget['request'] {
  return (server, body, options = {}) => {
    const { requestId, headers } = options;
    const reply = new Promise<unknown>((resolve, reject) => {
      checkNames('request', options, ASK_OPTIONS);
      if (server === 'ob') throw new Error('Test widget, build 21.5: expected pserver or enrich; got ob');
      if (headers) {
        throw new Error('Test widget, build 21.5: pass headers to initialize as requestHeaders');
      }
      if (!widget.pserverProxy)
        throw new Error('Test widget, build 21.5: call initialize or startWidget first');
      const id = requestId === undefined ? requestIdOf((body as WidgetFields)['type']) : `${requestId}`;
      const name = server === 'enrich' ? 'sendRequestToEnrichServer' : 'sendRequestToPServer';
      send({ ...body }, resolve, resolve, { sender: name, requestId: id, lost: reject });
    });
    reply.catch(() => {}); // a test that does not await it gets the error from assertExactlyOnce
    return reply;
  };
}

/** @throws TypeError before `initialize`, as the widget does. */
function proxyOf(widget: ShippedTestWidget): RequestProxy {
  return widget.pserverProxy as RequestProxy;
}

/** @throws string if the command lacks a field of its own. The widget throws strings. */
function checkUsage(command: unknown, name: string, needed: readonly string[]): void {
  const missing = needed.find((field) => !Object.hasOwn(Object(command), field));
  if (missing) throw `${name}: usage ({ ${needed.join(', ')} }, success, failure), ${missing} is missing`;
}
