import type { ChannelKind } from '../../index.ts';
import { mergeTracks, type Script, type TimedStep } from './script.ts';

/** The names of the ready-made synchronisations. */
export type ScenarioName =
  | 'success'
  | 'credentials-refused'
  | 'sms-challenge'
  | 'consent-expired'
  | 'one-channel-ahead'
  | 'one-channel-empty'
  | 'one-channel-closed'
  | 'partial-success'
  | 'password-change'
  | 'user-action'
  | 'documents-example';

// LOGIN_SUCCEEDED, TRANSACTIONS_READ, CHALLENGE_ANSWERED and CHANNEL_CLOSED are invented. The documents name only some of the
// types, and a poller must accept the others.

const REDIRECT_SUCCEEDS: readonly TimedStep[] = [
  { at: 400, channel: 'REDIRECT', event: 'SYNC_ALL_STARTED' },
  { at: 6_000, channel: 'REDIRECT', event: 'LIST_ACCOUNTS' },
  { at: 13_000, channel: 'REDIRECT', event: 'TRANSACTIONS_READ' },
  { at: 18_000, channel: 'REDIRECT', event: 'SYNC_ALL_SUCCESS' },
];

const EMBEDDED_LOGS_IN: readonly TimedStep[] = [
  { at: 1_000, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' },
  { at: 4_000, channel: 'EMBEDDED', event: 'LOGIN_SUCCEEDED' },
];

const EMBEDDED_READS: readonly TimedStep[] = [
  { at: 10_000, channel: 'EMBEDDED', event: 'LIST_ACCOUNTS' },
  { at: 24_000, channel: 'EMBEDDED', event: 'TRANSACTIONS_READ' },
];

const EMBEDDED_SUCCEEDS: readonly TimedStep[] = [
  ...EMBEDDED_LOGS_IN,
  ...EMBEDDED_READS,
  { at: 30_000, channel: 'EMBEDDED', event: 'SYNC_ALL_SUCCESS' },
];

const AFTER_THE_ANSWER: Script = [
  { after: 500, channel: 'EMBEDDED', event: 'CHALLENGE_ANSWERED', status: 'RUNNING' },
  { after: 3_000, channel: 'EMBEDDED', event: 'LIST_ACCOUNTS' },
  { after: 8_000, channel: 'EMBEDDED', event: 'SYNC_ALL_SUCCESS' },
];

const EMBEDDED_IS_CHALLENGED: readonly TimedStep[] = [
  { at: 1_000, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' },
  {
    at: 5_000,
    channel: 'EMBEDDED',
    event: 'CHALLENGE_REQUIRED',
    challenge: {
      within: 120_000,
      answered: AFTER_THE_ANSWER,
      unanswered: [{ after: 0, channel: 'EMBEDDED', event: 'AUTH_FAILED' }],
    },
  },
];

/** Its accounts were deleted before: it takes no part, and no event is about it. */
const EMBEDDED_HAS_NO_ACCOUNTS: readonly TimedStep[] = [{ at: 0, channel: 'EMBEDDED', status: 'EMPTY' }];

const EMBEDDED_IS_CLOSED: readonly TimedStep[] = [
  { at: 1_000, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' },
  { at: 7_000, channel: 'EMBEDDED', event: 'CHANNEL_CLOSED', status: 'CLOSED' },
];

/** The channel of the event is unknown, and the connection is `SUCCESS` although its channels run. */
const AS_IN_THE_DOCUMENTS: readonly TimedStep[] = [
  { at: 400, status: 'RUNNING' },
  { at: 2_000, channel: 'redirect1', event: 'LIST_ACCOUNTS', connectionStatus: 'SUCCESS' },
  { at: 14_000, channel: 'REDIRECT', event: 'SYNC_ALL_SUCCESS' },
  { at: 22_000, channel: 'EMBEDDED', event: 'SYNC_ALL_SUCCESS' },
];

const SCENARIOS: Readonly<Record<ScenarioName, Script>> = {
  success: mergeTracks(REDIRECT_SUCCEEDS, EMBEDDED_SUCCEEDS),
  'credentials-refused': mergeTracks(REDIRECT_SUCCEEDS, fails('EMBEDDED', 'AUTH_FAILED')),
  'sms-challenge': mergeTracks(REDIRECT_SUCCEEDS, EMBEDDED_IS_CHALLENGED),
  'consent-expired': mergeTracks(fails('REDIRECT', 'TOKEN_EXPIRED'), EMBEDDED_SUCCEEDS),
  'one-channel-ahead': mergeTracks(faster(REDIRECT_SUCCEEDS), slower(EMBEDDED_SUCCEEDS)),
  'one-channel-empty': mergeTracks(EMBEDDED_HAS_NO_ACCOUNTS, REDIRECT_SUCCEEDS),
  'one-channel-closed': mergeTracks(REDIRECT_SUCCEEDS, EMBEDDED_IS_CLOSED),
  'partial-success': mergeTracks(REDIRECT_SUCCEEDS, [
    ...EMBEDDED_LOGS_IN,
    ...EMBEDDED_READS,
    { at: 30_000, channel: 'EMBEDDED', event: 'SYNC_ALL_SUCCESS', status: 'PARTIAL_SUCCESS' },
  ]),
  'password-change': mergeTracks(REDIRECT_SUCCEEDS, fails('EMBEDDED', 'PASSWORD_CHANGE_REQUIRED')),
  'user-action': mergeTracks(REDIRECT_SUCCEEDS, fails('EMBEDDED', 'USER_ACTION_REQUIRED')),
  'documents-example': mergeTracks(AS_IN_THE_DOCUMENTS),
};

export const SCENARIO_NAMES: readonly ScenarioName[] = Object.keys(SCENARIOS) as ScenarioName[];

export function scenarioOf(name: ScenarioName): Script {
  return SCENARIOS[name];
}

function fails(channel: ChannelKind, event: string): readonly TimedStep[] {
  return [
    { at: 1_000, channel, event: 'SYNC_ALL_STARTED' },
    { at: 7_000, channel, event },
  ];
}

function faster(steps: readonly TimedStep[]): readonly TimedStep[] {
  return steps.map((step) => ({ ...step, at: step.at / 4 }));
}

function slower(steps: readonly TimedStep[]): readonly TimedStep[] {
  return steps.map((step) => ({ ...step, at: step.at * 1.8 }));
}
