import type { ChannelKind } from '../../index.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { mergeTracks, type Script, type TimedStep } from './script.ts';
import { END_MARKER, REQUIRED_ACTIONS } from './wire.ts';

const MIN_LENGTH = 12_000;
const MAX_LENGTH = 60_000;

/**
 * A random synchronisation of 12 to 60 seconds with about nine events.
 *
 * @param trouble The probability per channel that it ends with an action for the user, `PARTIAL_SUCCESS`, `CLOSED` or
 *   `EMPTY`.
 */
export function randomScript(random: SeededRandom, trouble: number): Script {
  const length = random.between(MIN_LENGTH, MAX_LENGTH);
  const shorter = random.between(MIN_LENGTH / 2, length);
  const ends = random.next() < 0.5 ? [length, shorter] : [shorter, length];
  return mergeTracks(
    randomTrack('REDIRECT', ends[0] ?? length, random, trouble),
    randomTrack('EMBEDDED', ends[1] ?? length, random, trouble),
  );
}

function randomTrack(
  channel: ChannelKind,
  end: number,
  random: SeededRandom,
  trouble: number,
): readonly TimedStep[] {
  const start = random.between(0, 1_000);
  const between = ['LIST_ACCOUNTS', 'TRANSACTIONS_READ'];
  if (channel === 'EMBEDDED' && random.next() < 0.8) between.unshift('LOGIN_SUCCEEDED');
  const times = between.map(() => random.between(start, end)).sort((one, other) => one - other);
  const track = [
    { at: start, channel, event: 'SYNC_ALL_STARTED' },
    ...between.map((event, index) => ({ at: times[index] ?? end, channel, event })),
    { at: end, channel, event: 'SYNC_ALL_SUCCESS' },
  ];
  return random.next() < trouble ? withTrouble(track, random) : track;
}

/** The ends that are no action for the user. Except for the end marker, the types are invented. */
const OTHER_ENDS = [
  { event: END_MARKER, status: 'PARTIAL_SUCCESS' },
  { event: 'CHANNEL_CLOSED', status: 'CLOSED' },
  { event: 'ACCOUNTS_DELETED', status: 'EMPTY' },
];

/** Ends the track otherwise, before one of the steps. The later steps only follow the answer to a challenge. */
function withTrouble(track: readonly TimedStep[], random: SeededRandom): readonly TimedStep[] {
  const index = random.between(1, track.length - 1);
  const kind = random.between(0, REQUIRED_ACTIONS.length + OTHER_ENDS.length - 1);
  const rest = track.slice(index);
  const { at = 0, channel = '' } = rest[0] ?? {};
  const otherEnd = OTHER_ENDS[kind - REQUIRED_ACTIONS.length];
  if (otherEnd) return [...track.slice(0, index), { at, channel, ...otherEnd }];

  const step = { at, channel, event: REQUIRED_ACTIONS[kind] ?? 'AUTH_FAILED' };
  if (step.event !== 'CHALLENGE_REQUIRED') return [...track.slice(0, index), step];

  const shifted = rest.map((later) => ({ ...later, at: later.at - at }));
  const answered = mergeTracks([{ at: 0, channel, status: 'RUNNING' }, ...shifted]);
  const unanswered = [{ after: 0, channel, event: 'AUTH_FAILED' }];
  return [...track.slice(0, index), { ...step, challenge: { within: MAX_LENGTH, answered, unanswered } }];
}
