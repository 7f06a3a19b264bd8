/** What only the user can put right: a status of a channel, and a type of event. */
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

/** Status of a connection: those that are known, and whatever else a server may say. */
export type ConnectionStatus =
  | 'RUNNING'
  | 'SUCCESS'
  | 'PARTIAL_SUCCESS'
  | 'FAILED'
  | 'CLOSED'
  | 'NONE'
  | (string & {});

/** Status of a channel: those that are known, and whatever else a server may say; `UNKNOWN` if it said none. */
export type ChannelStatus = 'RUNNING' | 'SUCCESS' | 'UNKNOWN' | RequiredActionType | (string & {});

const ACTIONS: ReadonlySet<string> = new Set<RequiredActionType>([
  'AUTH_FAILED',
  'TOKEN_EXPIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'USER_ACTION_REQUIRED',
  'CHALLENGE_REQUIRED',
]);
const PROGRESS: ReadonlySet<string> = new Set<ConnectionEventType>([
  'SYNC_ALL_STARTED',
  'LIST_ACCOUNTS',
  'SYNC_ALL_SUCCESS',
]);

/** Whether a channel's status, or an event's type, asks for the user. */
export function isAction(status: string): status is RequiredActionType {
  return ACTIONS.has(status);
}

/** Whether an event of this type is about a connection, as all are that the documents name. */
export function isOfConnection(type: string): type is ConnectionEventType {
  return ACTIONS.has(type) || PROGRESS.has(type);
}
