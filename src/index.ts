export type { Widget } from './bridge/attachment.ts';
export { type BridgeSnapshot, WidgetBridge } from './bridge/bridge.ts';
export type { BridgeEvents, WidgetInteraction, WidgetNotice } from './bridge/bridge-events.ts';
export type { BridgeOptions } from './bridge/bridge-options.ts';
export type { SendOptions } from './bridge/command.ts';
export type { EventDelegate } from './bridge/delegate.ts';
export {
  type OpenBankingCall,
  type OpenBankingClient,
  type OpenBankingFunction,
  openBankingClient,
} from './bridge/open-banking.ts';
export { asBase64, asJson } from './bridge/replies.ts';
export { widgetActions } from './bridge/widget-actions.ts';
export type {
  ActingWidget,
  ViewConfig,
  WidgetActionStep,
  WidgetActionsOptions,
} from './bridge/widget-actions-options.ts';
export type {
  OtherName,
  WidgetActionData,
  WidgetActionType,
  WidgetEventParams,
  WidgetEventType,
  WidgetReport,
} from './bridge/widget-events.ts';
export type { Credential } from './credential.ts';
export {
  type AnyBanksideError,
  BanksideError,
  type ErrorCode,
  type ErrorDetails,
  isBanksideError,
  type MismatchDetails,
  type RequestErrorDetails,
  type ServerName,
} from './errors.ts';
export type { KyLike } from './http/client-options.ts';
export type { Fetch } from './http/fetch-options.ts';
export type {
  ChannelKind,
  ChannelState,
  ConnectionState,
  RequiredAction,
} from './queue/connections.ts';
export type {
  ChannelStatus,
  ConnectionEventType,
  ConnectionStatus,
  RequiredActionType,
} from './queue/event-types.ts';
export {
  type Channel,
  type Connection,
  type ConnectionEvent,
  channelSchema,
  connectionSchema,
  type QueueEvent,
  queueEventSchema,
} from './queue/events.ts';
export { QueuePoller, type QueueSnapshot } from './queue/poller.ts';
export type {
  ChangeSource,
  GapReason,
  NamedEvents,
  OtherEvents,
  PollerEvents,
  PollerStatus,
  QueueEventName,
  QueueEvents,
} from './queue/queue-events.ts';
export type { QueuePollerOptions } from './queue/queue-options.ts';
export type { Schedule } from './queue/schedule.ts';
export type { SyncOptions, SyncOutcome } from './queue/sync-waits.ts';
export type { StandardIssue, StandardResult, StandardSchemaV1 } from './standard-schema.ts';
export { httpTransport } from './transport/http.ts';
export type { HttpTransportOptions } from './transport/http-options.ts';
export { nativeTransport } from './transport/native.ts';
export type { FlutterChannels } from './transport/native-flutter-channels.ts';
export type { NativeTransportOptions } from './transport/native-options.ts';
export type { NativeRequest, NativeShell } from './transport/native-shell.ts';
export { portTransport } from './transport/port.ts';
export type { PortTransportOptions, ServePortOptions } from './transport/port-options.ts';
export { servePort } from './transport/serve-port.ts';
export type {
  DisposableTransport,
  RequestAttempt,
  Transport,
  TransportContext,
  WidgetRequest,
} from './transport/transport.ts';
