import type { SeededRandom } from '../seeded-random.ts';
import { type ChannelKind, REQUIRED_ACTIONS } from './linxo-connection.ts';
import { inTime, type Script, type TimedStep } from './script.ts';

const SHORTEST = 12_000;
const LONGEST = 60_000;

/**
 * A synchronisation of 12 to 60 seconds with about nine events, mixed by chance.
 *
 * @param trouble  the chance of each channel to end with the user owing something
 */
export function randomScript(random: SeededRandom, trouble: number): Script {
  const length = random.between(SHORTEST, LONGEST);
  const shorter = random.between(SHORTEST / 2, length);
  const ends = random.next() < 0.5 ? [length, shorter] : [shorter, length];
  return inTime(
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
  return random.next() < trouble ? troubled(track, random) : track;
}

/** Before one of the steps, the user is needed. What was still to come, comes after the answer to a challenge alone. */
function troubled(track: readonly TimedStep[], random: SeededRandom): readonly TimedStep[] {
  const index = random.between(1, track.length - 1);
  const left = track.slice(index);
  const event = REQUIRED_ACTIONS[random.between(0, REQUIRED_ACTIONS.length - 1)] ?? 'AUTH_FAILED';
  const { at = 0, channel = '' } = left[0] ?? {};
  const step = { at, channel, event };
  if (event !== 'CHALLENGE_REQUIRED') return [...track.slice(0, index), step];

  const onwards = left.map((later) => ({ ...later, at: later.at - at }));
  const answered = inTime([{ at: 0, channel, status: 'RUNNING' }, ...onwards]);
  const unanswered = [{ after: 0, channel, event: 'AUTH_FAILED' }];
  return [...track.slice(0, index), { ...step, challenge: { within: LONGEST, answered, unanswered } }];
}
