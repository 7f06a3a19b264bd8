import { jsonLength, TooMany } from '../limits.ts';
import type { Agenda } from './agenda.ts';
import type { ConnectionRecord } from './connection-record.ts';
import { type Challenge, type Happening, type Script, stepsOf } from './script.ts';
import { END_MARKER, isChannelKind } from './wire.ts';

/** The end markers of a synchronisation: one per channel, one without a channel, or both. */
export type EndMarkers = 'channels' | 'global' | 'both';

/** The field of the end marker. `event_status` replaces `event_type`. */
export type EndMarkerField = 'event_type' | 'event_status';

/** The options of a synchronisation. */
export interface SynchroniseOptions {
  /** 10 is ten times as fast. @default 1 */
  readonly speed?: number;
  /** @default the option of the sandbox */
  readonly endMarkers?: EndMarkers;
  /** @default the option of the sandbox */
  readonly endMarkerField?: EndMarkerField;
}

/** Complete options. */
export type PlayOptions = Required<SynchroniseOptions>;

/** The running scripts, at most one per connection. */
export interface Synchronisations {
  /** Starts a script, and stops a running one. The connection is `RUNNING` from now on, not only from the first step on. */
  play(record: ConnectionRecord, script: Script, at: number, options: PlayOptions): void;
  /** Whether a script runs, or a challenge is open. */
  isPlaying(record: ConnectionRecord): boolean;
  /** Answers the oldest open challenge. False if there is none. */
  answerChallenge(record: ConnectionRecord, at: number): boolean;
}

/** Adds the event of a step to the queues of the user. */
export type EmitEvent = (
  record: ConnectionRecord,
  happening: Happening,
  at: number,
  field: EndMarkerField,
) => void;

interface RunningScript {
  readonly record: ConnectionRecord;
  readonly options: PlayOptions;
  /** The size of the whole script. */
  readonly size: Size;
  readonly challenges: { readonly challenge: Challenge; readonly close: () => void }[];
  succeeded: boolean;
}

interface Size {
  /** With the steps after challenges. */
  readonly steps: number;
  /** As JSON. */
  readonly characters: number;
}

/** The limits for all running scripts together. */
const MAX: Size = { steps: 20_000, characters: 20_000_000 };

/**
 * 1. All steps are added to the agenda, each at its time.
 * 2. A step with a challenge opens it. The answer, or the time limit, adds further steps.
 * 3. After the last step, the synchronisation ends.
 */
export function createSynchronisations(agenda: Agenda<ConnectionRecord>, emit: EmitEvent): Synchronisations {
  const running = new Map<ConnectionRecord, RunningScript>();

  /** A script that replaces the one of its connection does not count twice. */
  function checkLimits(record: ConnectionRecord, { steps, characters }: Size): void {
    const others = [...running.values()].filter((sync) => sync.record !== record);
    const sum = (of: keyof Size) => others.reduce((all, { size }) => all + size[of], 0);
    if (sum('steps') + steps > MAX.steps) {
      throw new TooMany(MAX.steps, 'steps in running scripts');
    }
    if (sum('characters') + characters > MAX.characters) {
      throw new TooMany(MAX.characters, 'characters in running scripts');
    }
  }

  function plan(sync: RunningScript, script: Script, from: number): void {
    let at = from;
    for (const { after, ...happening } of script) {
      at += after / sync.options.speed;
      if (exists(sync.record, happening)) {
        agenda.add(Math.round(at), sync.record, (due) => perform(sync, happening, due));
      }
    }
    if (!agenda.has(sync.record)) end(sync, Math.round(at));
  }

  function perform(sync: RunningScript, happening: Happening, at: number): void {
    const { record, options } = sync;
    record.change(happening, at, 'script');
    if (happening.event === END_MARKER) sync.succeeded = true;
    if (happening.challenge) open(sync, happening.challenge, at);
    const isLast = !agenda.has(record);
    // Before the event, so that the last one has the final state.
    if (isLast) record.settle();
    if (!isOmitted(happening, options)) emit(record, happening, at, options.endMarkerField);
    if (isLast) end(sync, at);
  }

  function open(sync: RunningScript, challenge: Challenge, at: number): void {
    const cancel = agenda.add(at + challenge.within, sync.record, (due) => {
      entry.close();
      plan(sync, challenge.unanswered, due);
    });
    const entry = {
      challenge,
      close() {
        cancel();
        sync.challenges.splice(sync.challenges.indexOf(entry), 1);
      },
    };
    sync.challenges.push(entry);
  }

  /** The global end marker does not change the connection. */
  function end({ record, options, succeeded }: RunningScript, at: number): void {
    running.delete(record);
    record.settle();
    if (succeeded && options.endMarkers !== 'channels') {
      emit(record, { event: END_MARKER }, at, options.endMarkerField);
    }
  }

  return {
    play(record, script, at, options) {
      const size = { steps: stepsOf(script).length, characters: jsonLength(script) };
      checkLimits(record, size);
      agenda.drop(record);
      record.stop();
      record.begin(script);
      const sync: RunningScript = { record, options, size, challenges: [], succeeded: false };
      running.set(record, sync);
      plan(sync, script, at);
    },
    isPlaying: (record) => agenda.has(record),
    answerChallenge(record, at) {
      const sync = running.get(record);
      const [first] = sync?.challenges ?? [];
      if (!sync || !first) return false;
      first.close();
      plan(sync, first.challenge.answered, at);
      return true;
    },
  };
}

function isOmitted({ event, channel }: Happening, { endMarkers }: PlayOptions): boolean {
  return event === END_MARKER && channel !== undefined && endMarkers === 'global';
}

/** A scenario has steps for both kinds of channel, but a connection may have only one. */
function exists(record: ConnectionRecord, { channel }: Happening): boolean {
  return channel === undefined || !isChannelKind(channel) || record.channelIdOf(channel) !== undefined;
}
