// Public entry `bankside/testing`. Everything else in this folder is internal.

export type { Budget } from './budgets.ts';
export type { CallShape } from './call-shapes.ts';
export type { Command } from './command.ts';
export { createSandbox, type Sandbox } from './create-sandbox.ts';
export { createTestTransport, type SentRequest, type TestTransport } from './create-test-transport.ts';
export {
  createTestWidget,
  type DocumentsWidgetOptions,
  type ShippedWidgetOptions,
} from './create-test-widget.ts';
export type { EnrichServer, Subscription } from './enrich.ts';
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
} from './fault.ts';
export type { Insight, InsightAction, TeaserBlock, TeaserButton } from './insight.ts';
export type { Institution } from './institutions.ts';
export type { Whose } from './linxo/access-tokens.ts';
export type { NewChannel } from './linxo/channel-directory.ts';
export type { ReadMode } from './linxo/event-queue.ts';
export type { Linxo } from './linxo/linxo.ts';
export type { ChannelKind, LinxoChannel, LinxoConnection } from './linxo/linxo-connection.ts';
export type { LinxoAccount, LinxoEvent } from './linxo/linxo-event.ts';
export type { CorsOptions, LinxoOptions } from './linxo/linxo-options.ts';
export type {
  NewConnection,
  PublishedEvent,
  QueueAnswer,
  QueueReader,
  QueueService,
  QueueSummary,
  RandomSynchroniseOptions,
} from './linxo/queue-service.ts';
export type { ScenarioName } from './linxo/scenarios.ts';
export type { Challenge, Happening, Script, ScriptStep } from './linxo/script.ts';
export type { EndMarkerField, EndMarkers, SynchroniseOptions } from './linxo/synchronisations.ts';
export type { Account, InstitutionLogin, OpenBankingServer } from './open-banking.ts';
export type { PServer } from './pserver.ts';
export type { Push } from './push-channel.ts';
export type { InsightRating } from './ratings.ts';
export type { Refusal, Reply, Success } from './reply.ts';
export type { LogEntry } from './request-log.ts';
export type { SandboxOptions } from './sandbox-options.ts';
export type { Service } from './service.ts';
export type { Story, StoryBlock, StoryButton, StoryDialog, StoryTexts } from './story.ts';
export type { TokenState } from './tokens.ts';
export type { DocumentsTestWidget, DocumentsTestWidgetOptions } from './widget/documents-test-widget.ts';
export type { ShippedTestWidget, TestCallback } from './widget/shipped-test-widget.ts';
export type { TestAskOptions, TestReply } from './widget/test-reply.ts';
export type { TestUser } from './widget/test-user.ts';
export type { TestOutcome, TestView } from './widget/test-view.ts';
export type { TestWidget } from './widget/test-widget.ts';
