import { TooMany } from '../too-many.ts';
import type { Agenda } from './agenda.ts';
import type { ConnectionRecord } from './connection-record.ts';
import { isKind } from './linxo-connection.ts';
import { END_MARKER } from './linxo-event.ts';
import type { Challenge, Happening, Script } from './script.ts';
import { lengthOf } from './script-limits.ts';

/** How a synchronisation says that it has ended: for each channel, once without a channel, or both ways. */
export type EndMarkers = 'channels' | 'global' | 'both';

/** Where the end marker is written: `event_status` takes the place of `event_type`, it does not join it. */
export type EndMarkerField = 'event_type' | 'event_status';

/** How a script is played. */
export interface SynchroniseOptions {
  /** Ten is ten times as fast. @default 1 */
  readonly speed?: number;
  /** For each channel, or once for all. @default that of the sandbox */
  readonly endMarkers?: EndMarkers;
  /** Where the end marker is written. @default that of the sandbox */
  readonly endMarkerField?: EndMarkerField;
}

/** The same as it is used: complete. */
export type Manner = Required<SynchroniseOptions>;

/** The scripts that are being played, one for each connection at most. */
export interface Synchronisations {
  /** In place of what still runs. */
  play(record: ConnectionRecord, script: Script, at: number, manner: Manner): void;
  /** Whether steps are still to come, an open challenge's included. */
  isPlaying(record: ConnectionRecord): boolean;
  /** The one that has been open for longest. False if there is none. */
  answerChallenge(record: ConnectionRecord, at: number): boolean;
}

/** Tells the user's queues of what has happened. */
export type Tell = (
  record: ConnectionRecord,
  happening: Happening,
  at: number,
  field: EndMarkerField,
) => void;

interface Playing {
  readonly record: ConnectionRecord;
  readonly manner: Manner;
  /** Of the whole script, whatever of it is over. */
  readonly size: Size;
  readonly challenges: { readonly challenge: Challenge; readonly close: () => void }[];
  succeeded: boolean;
}

interface Size {
  /** Those after challenges included. */
  readonly steps: number;
  /** As JSON. */
  readonly characters: number;
}

/** Of all scripts that are being played at once. */
const MOST: Size = { steps: 20_000, characters: 20_000_000 };

/**
 * 1. The steps go to the agenda at once, each at its own time.
 * 2. A step with a challenge opens it. Its answer, or the end of its time, adds further steps.
 * 3. When no step is left, the synchronisation has ended.
 */
export function createSynchronisations(agenda: Agenda<ConnectionRecord>, tell: Tell): Synchronisations {
  const playing = new Map<ConnectionRecord, Playing>();

  /** One that takes the place of its connection's own is no further one. */
  function refuseTooMany(record: ConnectionRecord, { steps, characters }: Size): void {
    const others = [...playing.values()].filter((sync) => sync.record !== record);
    const sum = (of: keyof Size) => others.reduce((all, { size }) => all + size[of], 0);
    if (sum('steps') + steps > MOST.steps) {
      throw new TooMany(`Scripts of ${MOST.steps} steps at once are the most that is played.`);
    }
    if (sum('characters') + characters > MOST.characters) {
      throw new TooMany(`Scripts of ${MOST.characters} characters at once are the most that is played.`);
    }
  }

  function plan(sync: Playing, script: Script, from: number): void {
    let at = from;
    for (const { after, ...happening } of script) {
      at += after / sync.manner.speed;
      if (exists(sync.record, happening)) {
        agenda.add(Math.round(at), sync.record, (due) => perform(sync, happening, due));
      }
    }
    if (!agenda.has(sync.record)) end(sync, Math.round(at));
  }

  function perform(sync: Playing, happening: Happening, at: number): void {
    const { record, manner } = sync;
    record.change(happening, at);
    if (happening.event === END_MARKER) sync.succeeded = true;
    if (!isLeftOut(happening, manner)) tell(record, happening, at, manner.endMarkerField);
    if (happening.challenge) open(sync, happening.challenge, at);
    if (!agenda.has(record)) end(sync, at);
  }

  function open(sync: Playing, challenge: Challenge, at: number): void {
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

  /** The marker changes nothing of the connection: it tells of what is so already. */
  function end({ record, manner, succeeded }: Playing, at: number): void {
    playing.delete(record);
    if (succeeded && manner.endMarkers !== 'channels') {
      tell(record, { event: END_MARKER }, at, manner.endMarkerField);
    }
  }

  return {
    play(record, script, at, manner) {
      const size = { steps: stepsIn(script), characters: lengthOf(script) };
      refuseTooMany(record, size);
      agenda.drop(record);
      const sync: Playing = { record, manner, size, challenges: [], succeeded: false };
      playing.set(record, sync);
      plan(sync, script, at);
    },
    isPlaying: (record) => agenda.has(record),
    answerChallenge(record, at) {
      const sync = playing.get(record);
      const [first] = sync?.challenges ?? [];
      if (!sync || !first) return false;
      first.close();
      plan(sync, first.challenge.answered, at);
      return true;
    },
  };
}

function stepsIn(script: Script): number {
  return script.reduce(
    (all, { challenge: { answered = [], unanswered = [] } = {} }) =>
      all + 1 + stepsIn(answered) + stepsIn(unanswered),
    0,
  );
}

function isLeftOut({ event, channel }: Happening, { endMarkers }: Manner): boolean {
  return event === END_MARKER && channel !== undefined && endMarkers === 'global';
}

/** A scenario is written for both kinds of channel; a connection may have one of them alone. */
function exists(record: ConnectionRecord, { channel }: Happening): boolean {
  return channel === undefined || !isKind(channel) || record.channelIdOf(channel) !== undefined;
}
