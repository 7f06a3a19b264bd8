export type { Widget } from './bridge/attachment.ts';
export { type BridgeSnapshot, WidgetBridge } from './bridge/bridge.ts';
export type { BridgeEvents, WidgetInteraction, WidgetNotice } from './bridge/bridge-events.ts';
export type { BridgeOptions } from './bridge/bridge-options.ts';
export type { SendOptions } from './bridge/command.ts';
export type { EventDelegate } from './bridge/delegate.ts';
export {
  type OpenBankingClient,
  type OpenBankingFunction,
  openBankingClient,
} from './bridge/open-banking.ts';
export { asBase64, asJson } from './bridge/replies.ts';
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
export type { QueuePoller } from './queue/poller.ts';
export type { StandardSchemaV1 } from './standard-schema.ts';
export { httpTransport } from './transport/http.ts';
export type { HttpTransportOptions } from './transport/http-options.ts';
export type {
  DisposableTransport,
  Transport,
  TransportContext,
  WidgetRequest,
} from './transport/transport.ts';
