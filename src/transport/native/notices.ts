import { attempt, type Fields, fieldsOf, isObject } from '../../check.ts';
import { jsonCopy } from '../../text/json-copy.ts';
import { stringify } from '../../text/stringify.ts';
import { NETWORK_ERROR } from '../transport.ts';

/** A message without an answer, as native code gets it. */
export interface NativeNotice {
  readonly name: string;
  /** Can be written as JSON. */
  readonly requestData: unknown;
}

/** The calls whose notices are not simply what the widget passed, under the name of the call. */
const NOTICES_OF_CALL: Readonly<Record<string, (data: unknown) => readonly NativeNotice[]>> = {
  widgetEvent: (params) => noticesOfEvent(fieldsOf(params)),
  handleWidgetAction: (params) =>
    isFields(params) && !asksPage(params) ? [wrapped('personeticsEvent', params['data'])] : [],
  navigateToPage: (target) => [navigation(target)],
  sessionError: (error) => [
    isMessage('sessionError', error)
      ? { name: 'sessionError', requestData: error }
      : wrapped('sessionError', errorText(error)),
  ],
  callPersoneticsAPI: () => [],
};

/** The notices that Android gets with a second argument, an empty string. All others have one argument, the JSON. */
export const ANDROID_TWO_ARGUMENTS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'sessionEnded',
  'sessionError',
]);

/** The types of `widgetEvent` that become a `personeticsEvent`. All others stay in the page. */
const REPORTED_EVENTS: ReadonlySet<unknown> = /* @__PURE__ */ new Set([
  'reporting',
  'teaserClick',
  'refreshInsights',
]);

/**
 * The notices for one call of the widget, as the vendor's published delegate sends them. On Android, a notice calls the
 * function of `window.PersoneticsAndroid` that has its name. In other shells, the name is a field of the message.
 *
 * | the widget calls | notices |
 * | --- | --- |
 * | `widgetEvent` | one for the action in it (`personeticsEvent` or `navigateToPage`), then a `personeticsEvent` for its type; or one of the two, or none |
 * | `handleWidgetAction` | `personeticsEvent`, or none |
 * | `navigateToPage` | `navigateToPage` |
 * | `sessionError` | `sessionError` |
 * | `sessionEnded` | `sessionEnded` |
 * | `callPersoneticsAPI` | none: the page calls the widget's own function |
 * | any other | one with the name of the call |
 *
 * @param name The function of the delegate, or the `requestString` of a message.
 * @param data What the widget passed. For `widgetEvent` and `handleWidgetAction`: the params.
 */
export function nativeNotices(name: string, data: unknown): readonly NativeNotice[] {
  // Not copied as a whole: the widget passes its configuration, which is large and refers to itself.
  if (name === 'sessionEnded') return [sessionEnd(data)];
  const copy = jsonCopy(data);
  const notices = Object.hasOwn(NOTICES_OF_CALL, name) ? NOTICES_OF_CALL[name] : undefined;
  return notices ? notices(copy) : [named(name, copy)];
}

/** An event can contain an action, or have a type that is reported, or both. */
function noticesOfEvent(params: Fields): readonly NativeNotice[] {
  const isReported = REPORTED_EVENTS.has(params['eventType']);
  return [...noticesOfAction(params), ...(isReported ? [wrapped('personeticsEvent', params)] : [])];
}

function noticesOfAction(params: Fields): readonly NativeNotice[] {
  const actionType = fieldsOf(params['data'])['actionType'];
  // The page opens an address itself.
  if (actionType === undefined || actionType === 'externalNavigationUrl' || asksPage(params)) return [];
  if (actionType === 'externalNavigation') return [{ name: 'navigateToPage', requestData: params }];
  return [wrapped('personeticsEvent', params['data'])];
}

/** Whether an action asks the page to call the widget's own `callPersoneticsAPI`. */
function asksPage({ requestString, data }: Fields): boolean {
  return [requestString, fieldsOf(data)['actionType']].includes('callPersoneticsAPI');
}

function navigation(target: unknown): NativeNotice {
  const name = 'navigateToPage';
  if (!isFields(target)) return wrapped(name, target);
  const isMarked = Object.hasOwn(target, 'requestString');
  return { name, requestData: isMarked ? target : { requestString: name, ...target } };
}

/** Of the widget's configuration, native code gets only the type of the widget. */
function sessionEnd(data: unknown): NativeNotice {
  const name = 'sessionEnded';
  if (attempt(() => isMessage(name, data))) return named(name, jsonCopy(data));
  const widgetType = jsonCopy(attempt(() => fieldsOf(data)['widgetType']));
  return { name, requestData: { requestString: name, ...(widgetType !== undefined && { widgetType }) } };
}

/** Native code gets an error as JSON in a string; a network error, if it is neither an object nor JSON. */
function errorText(error: unknown): string {
  if (isObject(error)) return stringify(error);
  const isJson = typeof error === 'string' && attempt(() => JSON.parse(error)) !== undefined;
  return isJson ? error : stringify(NETWORK_ERROR);
}

/** Data that already is a message is not wrapped again. */
function named(name: string, data: unknown): NativeNotice {
  return isMessage(name, data) ? { name, requestData: data } : wrapped(name, data);
}

function wrapped(name: string, data: unknown): NativeNotice {
  return { name, requestData: { requestString: name, ...(data !== undefined && { data }) } };
}

function isMessage(name: string, data: unknown): boolean {
  return isFields(data) && data['requestString'] === name;
}

function isFields(value: unknown): value is Fields {
  return isObject(value) && !Array.isArray(value);
}
