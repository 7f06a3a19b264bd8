import { onAbort } from '../abort.ts';
import { now } from '../time.ts';
import { watchWake } from './pace/page-life.ts';
import type { PollerContext } from './poller-context.ts';
import { Polling } from './queue-reader.ts';
import { checkObjectPrototype } from './server/check-object-prototype.ts';
import type { Finding } from './state/update.ts';
import { TabGroup } from './tabs/tab-group.ts';

/**
 * From `start` to `stop`. It takes part in the polling while the page is here and not paused: alone, or as
 * one of the user's tabs.
 */
export class Session {
  /** Resolves once a queue is known to live. Rejects with what ended the session before. */
  readonly started: Promise<void>;
  /** Resolves once nothing is left of the session; with the error, if one ended it. */
  readonly ended: Promise<unknown>;
  readonly #context: PollerContext;
  readonly #polling: Polling;
  readonly #tabs: TabGroup | undefined;
  readonly #abort = new AbortController();
  #begun: () => void = () => {};
  /** While the page is here, and not paused. */
  #visit = new AbortController();
  #isPaused: boolean;
  #isAway = false;
  #recall: () => void = () => {};

  /** @param previous The end of the session before. */
  constructor(context: PollerContext, previous: Promise<void>, isPaused: boolean) {
    const { settings, journal, pacer } = context;
    const { share, baseUrl, user } = settings;
    this.#context = context;
    this.#isPaused = isPaused;
    const tell = (finding: Finding): boolean => this.tell(finding);
    // A handler may end the session in the middle of what the polling does; the rest of that is told to nobody.
    this.#polling = new Polling({
      ...context,
      tell,
      become: (status) => {
        if (!this.#hasEnded) context.become(status);
      },
      failed: (error, retryIn) => {
        if (!this.#hasEnded) context.failed(error, retryIn);
      },
    });
    if (share) {
      this.#tabs = new TabGroup(`${baseUrl.href} ${user}`, {
        pacer,
        lead: (leave, isTakeover) => this.#lead(leave, isTakeover),
        wasHere: () => journal.queueId !== undefined,
        follow: () => this.#isHere && context.become('following'),
        hear: (finding, isLeading) => {
          if (finding.kind === 'poll') pacer.sent();
          if (isLeading && finding.kind === 'reading') {
            // It may be older than what this tab has read. The last word is that of the one that polls: it looks again.
            journal.connections.doubt(finding.connectionId);
            pacer.ask();
          } else this.#take(finding);
        },
        adopt: (state) => {
          if (this.#hasEnded) return;
          const untold = journal.connections.ids.filter(
            (id) => !state.connections.some((told) => told.id === id),
          );
          journal.adopt(state);
          // What this tab was to follow before it took part, the one that polls has not heard of.
          for (const connectionId of untold) this.tell({ kind: 'track', connectionId });
          if (untold.length) this.ask();
          this.#took();
        },
        state: () => journal.share(),
      });
    }
    const begun = new Promise<void>((resolve) => {
      this.#begun = resolve;
    });
    const running = this.#run(previous);
    this.started = Promise.race([begun, running.then(() => Promise.reject(this.#abort.signal.reason))]);
    this.started.catch(() => {}); // who starts need not look
    this.ended = running.catch((error: unknown) => error);
  }

  /** To the other tabs first: a handler in this one may end it. Returns whether they can hear it. */
  tell(finding: Finding): boolean {
    const isHeard = this.#tabs?.tell(finding) ?? true;
    this.#take(finding);
    return isHeard;
  }

  /** Whichever tab polls is to do so now. */
  ask(): void {
    this.#context.pacer.ask();
    this.#tabs?.ask();
  }

  pause(): void {
    this.#isPaused = true;
    this.#visit.abort();
  }

  resume(): void {
    this.#isPaused = false;
    this.#recall();
  }

  stop(reason: unknown): void {
    this.#save(); // in the middle of a read, perhaps
    this.#abort.abort(reason);
  }

  get #hasEnded(): boolean {
    return this.#abort.signal.aborted;
  }

  get #isHere(): boolean {
    return !this.#isPaused && !this.#isAway && !this.#hasEnded;
  }

  async #run(previous: Promise<void>): Promise<void> {
    const { signal } = this.#abort;
    onAbort(signal, () => {
      this.#visit.abort();
      this.#recall();
    });
    watchWake(
      {
        woken: () => this.ask(),
        left: () => {
          this.#isAway = true;
          this.#save();
          this.#visit.abort();
        },
        returned: () => {
          this.#isAway = false;
          this.#recall();
        },
      },
      signal,
    );
    try {
      await previous;
      // A script may have come after this package: tabs would not understand each other then.
      if (this.#tabs) checkObjectPrototype();
      while (!signal.aborted) {
        if (this.#isHere) await this.#takePart();
        else
          await new Promise<void>((resolve) => {
            this.#recall = resolve;
          });
      }
    } finally {
      this.#abort.abort(); // ends what listens
    }
  }

  async #takePart(): Promise<void> {
    this.#visit = new AbortController();
    const { signal } = this.#visit;
    if (this.#tabs) await this.#tabs.join(signal);
    else await this.#polling.run(this.#abort.signal, signal, false);
  }

  async #lead(leave: AbortSignal, isTakeover: boolean): Promise<boolean> {
    await this.#polling.run(this.#abort.signal, leave, isTakeover);
    return !this.#context.journal.wasCut;
  }

  #take(finding: Finding): void {
    const { journal } = this.#context;
    if (!this.#hasEnded) journal.take(finding);
    else if (finding.kind === 'poll' && finding.events.length) journal.wasCut = true;
    this.#took();
  }

  #took(): void {
    const { journal, changed } = this.#context;
    if (journal.queueId && journal.isProven) this.#begun();
    this.#save();
    changed();
  }

  #save(): void {
    const { journal, store } = this.#context;
    const { queueId, connections, askedAt, wasCut } = journal;
    // Once it has been stopped, there is no more to say than that events were lost on the way.
    if (queueId === undefined || (this.#hasEnded && !wasCut)) return;
    store.save({
      queueId,
      connectionIds: connections.ids,
      askedAt: Date.now() - now() + askedAt,
      isReading: this.#polling.isReading || wasCut,
    });
  }
}
