import { attempt } from '../../check.ts';
import { noticeData } from '../../text/notice-data.ts';
import { stringify } from '../../text/stringify.ts';

/** A message that wants no answer, as native code gets it. */
export interface NativeNotice {
  readonly name: string;
  /** Can be written as JSON. */
  readonly requestData: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** The event types that the published delegate tells native code. It keeps all others to the page. */
const TOLD_EVENTS: ReadonlySet<unknown> = /* @__PURE__ */ new Set([
  'reporting',
  'teaserClick',
  'refreshInsights',
]);

/** What native code gets for an error that is neither an object nor JSON text. */
const UNKNOWN_ERROR =
  '{"status":"600","statusMessage":"A network error occurred - check your network and try again."}';

/**
 * The notices that the vendor's published delegate sends to a native shell for one call of the widget's: none, one
 * or two. A name that it does not know goes with its data.
 *
 * @param name The function of the delegate, or the `requestString` of a message.
 * @param data What the widget passed; of `widgetEvent` and `handleWidgetAction` the params.
 */
export function nativeNotices(name: string, data: unknown): readonly NativeNotice[] {
  if (name === 'sessionEnded') return [sessionEnd(data)];
  const told = noticeData(data);
  switch (name) {
    case 'widgetEvent':
      return noticesOfEvent(fieldsOf(told));
    case 'handleWidgetAction':
      return isFields(told) && !asksPage(told) ? [wrapped('personeticsEvent', told['data'])] : [];
    case 'callPersoneticsAPI':
      return []; // the page calls the widget's own function
    case 'navigateToPage':
      return [navigation(told)];
    case 'sessionError':
      return [named(name, isMessage(name, told) ? told : errorText(told))];
    default:
      return [named(name, told)];
  }
}

/** An event may be an action, or of a type, or both. */
function noticesOfEvent(params: Fields): readonly NativeNotice[] {
  const event = TOLD_EVENTS.has(params['eventType']) ? [wrapped('personeticsEvent', params)] : [];
  return [...noticesOfAction(params), ...event];
}

function noticesOfAction(params: Fields): readonly NativeNotice[] {
  const actionType = fieldsOf(params['data'])['actionType'];
  // An address is for the page to follow.
  if (actionType === undefined || actionType === 'externalNavigationUrl' || asksPage(params)) return [];
  if (actionType === 'externalNavigation') return [{ name: 'navigateToPage', requestData: params }];
  return [wrapped('personeticsEvent', params['data'])];
}

/** Whether an action asks the page to call the widget's own `callPersoneticsAPI`. */
function asksPage({ requestString, data }: Fields): boolean {
  return [requestString, fieldsOf(data)['actionType']].includes('callPersoneticsAPI');
}

function navigation(told: unknown): NativeNotice {
  const name = 'navigateToPage';
  if (!isFields(told)) return wrapped(name, told);
  return {
    name,
    requestData: Object.hasOwn(told, 'requestString') ? told : { requestString: name, ...told },
  };
}

/** Of the configuration that the widget passes, which is large and refers to itself, native code gets the type. */
function sessionEnd(data: unknown): NativeNotice {
  const name = 'sessionEnded';
  if (attempt(() => isMessage(name, data))) return named(name, noticeData(data));
  const widgetType = noticeData(attempt(() => fieldsOf(data)['widgetType']));
  return { name, requestData: { requestString: name, ...(widgetType !== undefined && { widgetType }) } };
}

/** Native code gets the error as text. */
function errorText(told: unknown): string {
  if (typeof told === 'object' && told !== null) return stringify(told);
  const isJson = typeof told === 'string' && attempt(() => JSON.parse(told)) !== undefined;
  return isJson ? told : UNKNOWN_ERROR;
}

/** A message that the widget has made itself goes as it is. */
function named(name: string, told: unknown): NativeNotice {
  return isMessage(name, told) ? { name, requestData: told } : wrapped(name, told);
}

function wrapped(name: string, data: unknown): NativeNotice {
  return { name, requestData: { requestString: name, ...(data !== undefined && { data }) } };
}

function isMessage(name: string, told: unknown): boolean {
  return isFields(told) && told['requestString'] === name;
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
