/**
 * The sandbox: the servers of the widget and of the event queue, for tests with msw.
 *
 * @module bankside/testing
 */
export type { ChannelKind } from '../index.ts';
export type { CallShape } from './call-shapes.ts';
export { createSandbox, type Sandbox } from './create-sandbox.ts';
export { createTestTransport, type SentRequest, type TestTransport } from './create-test-transport.ts';
export {
  createTestWidget,
  type DocumentsWidgetOptions,
  type ShippedWidgetOptions,
} from './create-test-widget.ts';
export type {
  CommonMisbehaviour,
  Fault,
  FaultKind,
  FaultScope,
  FaultServer,
  LinxoMisbehaviour,
  LinxoOperation,
  Misbehaviour,
  WidgetMisbehaviour,
} from './faults/fault.ts';
export type { Whose } from './linxo/access-tokens.ts';
export type { ReadMode } from './linxo/event-queue.ts';
export type { Linxo } from './linxo/linxo.ts';
export type { CorsOptions, LinxoOptions } from './linxo/linxo-options.ts';
export type {
  NewChannel,
  NewConnection,
  PublishedEvent,
  QueueAnswer,
  QueueService,
  QueueSummary,
  RandomSynchroniseOptions,
  ReaderIdentity as QueueReader,
} from './linxo/queue-service.ts';
export type { ScenarioName } from './linxo/scenarios.ts';
export type { Challenge, Happening, Script, ScriptStep } from './linxo/script.ts';
export type { EndMarkerField, EndMarkers, SynchroniseOptions } from './linxo/synchronisations.ts';
export type { LinxoAccount, LinxoChannel, LinxoConnection, LinxoEvent } from './linxo/wire.ts';
export type { Push } from './push-channel.ts';
export type { PlayedRequest, PlayingBridge, Replay } from './replay/replay.ts';
export type { UnmatchedRequest } from './replay/replayed-servers.ts';
export type { LogEntry } from './request-log.ts';
export type { SandboxOptions } from './sandbox-options.ts';
export type { TokenState } from './tokens.ts';
export type { ShippedTestWidget, TestCallback } from './widget/shipped-test-widget.ts';
export type {
  DocumentsTestWidget,
  DocumentsTestWidgetOptions,
  TestAskOptions,
  TestOutcome,
  TestReply,
  TestUser,
  TestView,
  TestWidget,
} from './widget/test-widget.ts';
export type { Budget } from './widget-servers/budgets.ts';
export type { EnrichServer, Subscription } from './widget-servers/enrich.ts';
export type { Insight, InsightAction, TeaserBlock, TeaserButton } from './widget-servers/insight.ts';
export type { Institution } from './widget-servers/institutions.ts';
export type { Account, InstitutionLogin, OpenBankingServer } from './widget-servers/open-banking.ts';
export type { PServer } from './widget-servers/pserver.ts';
export type { InsightRating } from './widget-servers/ratings.ts';
export type { Command, Refusal, Reply, Service, Success } from './widget-servers/service.ts';
export type { Story, StoryBlock, StoryButton, StoryDialog, StoryTexts } from './widget-servers/story.ts';
