// Public entry `bankside/testing`. Everything else in this folder is internal.

export type { Command } from './command.ts';
export { createSandbox, type Sandbox } from './create-sandbox.ts';
export type { EnrichServer, Subscription } from './enrich.ts';
export type { Fault, FaultKind, FaultScope, Misbehaviour } from './fault.ts';
export type { Insight, StoryPart } from './insight.ts';
export type { Institution } from './institutions.ts';
export type { Account, InstitutionLogin, OpenBankingServer } from './open-banking.ts';
export type { PServer } from './pserver.ts';
export type { Push } from './push-channel.ts';
export type { Refusal, Reply, Success } from './reply.ts';
export type { LogEntry } from './request-log.ts';
export type { SandboxOptions } from './sandbox-options.ts';
export type { Service } from './service.ts';
export type { TokenState } from './tokens.ts';
