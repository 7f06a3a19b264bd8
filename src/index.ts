/**
 * The bridge, its transports, the poller of the event queue, and the errors of all of them.
 *
 * @module bankside
 */
export type { Widget } from './bridge/attachment.ts';
export { type BridgeOptions, WidgetBridge } from './bridge/bridge.ts';
export type { SendOptions, StandardIssue, StandardResult, StandardSchemaV1 } from './bridge/command.ts';
export type { EventDelegate } from './bridge/delegate.ts';
export {
  type OpenBankingCall,
  type OpenBankingClient,
  type OpenBankingFunction,
  openBankingClient,
} from './bridge/open-banking.ts';
export {
  type ActingWidget,
  type ViewConfig,
  type WidgetActionStep,
  type WidgetActionsOptions,
  widgetActions,
} from './bridge/widget-actions.ts';
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
export type { KyLike } from './http/client.ts';
export type { Fetch } from './http/fetch-options.ts';
export type { LoadWidgetOptions, ScriptUrl } from './loader/load-options.ts';
export { loadWidget } from './loader/load-widget.ts';
export type { LoadedWidget, StartableWidget } from './loader/loaded-widget.ts';
export type { RecentEvent } from './memory/recent-events.ts';
export { followLinxoWidget, type LinxoWidgetEnd, type LinxoWidgetOptions } from './queue/linxo-widget.ts';
export type { Schedule } from './queue/pace/schedule.ts';
export { QueuePoller } from './queue/poller.ts';
export type { QueuePollerOptions } from './queue/poller-options.ts';
export type {
  ChannelStatus,
  ConnectionEventType,
  ConnectionStatus,
  RequiredActionType,
} from './queue/server/event-types.ts';
export {
  type Channel,
  type Connection,
  type ConnectionEvent,
  channelSchema,
  connectionSchema,
  type QueueEvent,
  queueEventSchema,
} from './queue/server/events.ts';
export type {
  ChannelKind,
  ChannelState,
  ConnectionState,
  RequiredAction,
} from './queue/state/connection-state.ts';
export type {
  NamedEvents,
  OtherEvents,
  PollerEvents,
  QueueEventName,
  QueueEvents,
} from './queue/state/poller-events.ts';
export type { ChangeSource, GapReason, PollerStatus } from './queue/state/poller-terms.ts';
export type { PollFailure, QueueSnapshot } from './queue/state/queue-snapshot.ts';
export type { RecentPollerEvent, RecentPollerEvents } from './queue/state/recent-poller-events.ts';
export type { SyncOptions, SyncOutcome } from './queue/state/sync-waits.ts';
export type { BridgeEvents } from './requests/events.ts';
export type { BridgeSnapshot } from './requests/pending.ts';
export type {
  RecentBridgeEvent,
  RecentBridgeEvents,
  RecentRequest,
} from './requests/recent-bridge-events.ts';
export { asBase64, asJson } from './requests/replies.ts';
export type {
  OtherName,
  WidgetActionData,
  WidgetActionType,
  WidgetEventParams,
  WidgetEventType,
  WidgetInteraction,
  WidgetNotice,
  WidgetReport,
} from './requests/widget-events.ts';
export type { HttpTransportOptions } from './transport/http/http-options.ts';
export { httpTransport } from './transport/http/http-transport.ts';
export type { FlutterChannels } from './transport/native/flutter-channels.ts';
export type { NativeTransportOptions } from './transport/native/native-options.ts';
export type { NativeRequest, NativeShell } from './transport/native/native-shell.ts';
export { nativeTransport } from './transport/native/native-transport.ts';
export type { PortTransportOptions, ServePortOptions } from './transport/port/port-options.ts';
export { portTransport } from './transport/port/port-transport.ts';
export { servePort } from './transport/port/serve-port.ts';
export type {
  DisposableTransport,
  RequestAttempt,
  SenderName,
  Transport,
  TransportContext,
  WidgetRequest,
} from './transport/transport.ts';
