/** What only the user can do: a status of a channel, and a type of event. */
export type RequiredActionType =
  | 'AUTH_FAILED'
  | 'TOKEN_EXPIRED'
  | 'PASSWORD_CHANGE_REQUIRED'
  | 'USER_ACTION_REQUIRED'
  | 'CHALLENGE_REQUIRED';

/** The types of events that the documents name. All are about connections. */
export type ConnectionEventType =
  | RequiredActionType
  | 'SYNC_ALL_STARTED'
  | 'LIST_ACCOUNTS'
  | 'SYNC_ALL_SUCCESS';

/** Status of a connection: the documented ones, and whatever else a server may write. */
export type ConnectionStatus =
  | 'RUNNING'
  | 'SUCCESS'
  | 'PARTIAL_SUCCESS'
  | 'FAILED'
  | 'CLOSED'
  | 'NONE'
  | (string & {});

/**
 * Status of a channel: the documented ones, and whatever else a server may write. With `EMPTY`, its last account was deleted.
 * `UNKNOWN` if the server wrote none.
 */
export type ChannelStatus =
  | 'RUNNING'
  | 'SUCCESS'
  | 'PARTIAL_SUCCESS'
  | 'CLOSED'
  | 'EMPTY'
  | 'UNKNOWN'
  | RequiredActionType
  | (string & {});

const ACTIONS: ReadonlySet<string> = new Set<RequiredActionType>([
  'AUTH_FAILED',
  'TOKEN_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
]);
/** Actions in the middle of a synchronisation, which goes on as soon as the user has answered. */
const QUESTIONS: ReadonlySet<string> = new Set<RequiredActionType>([
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
]);
const PROGRESS: ReadonlySet<string> = new Set<ConnectionEventType>([
  'SYNC_ALL_STARTED',
  'LIST_ACCOUNTS',
  'SYNC_ALL_SUCCESS',
]);

/** The types of events that the documents name. */
export function documentedTypes(): readonly string[] {
  return [...ACTIONS, ...PROGRESS];
}

/** Whether a status or an event type says that the user has to do something. */
export function isAction(status: string): status is RequiredActionType {
  return ACTIONS.has(status);
}

/** Whether a synchronisation with this status waits for the user's answer. */
export function waitsForUser(status: string): boolean {
  return QUESTIONS.has(status);
}

/** Whether an event of this type is about a connection. All documented ones are. */
export function isOfConnection(type: string): type is ConnectionEventType {
  return ACTIONS.has(type) || PROGRESS.has(type);
}
