import { onAbort } from '../abort.ts';
import { checkCall } from '../check.ts';
import { callSafely } from '../emitter.ts';
import { type AnyBanksideError, BanksideError } from '../errors.ts';
import { requestError } from '../http/request-error.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import { now } from '../time.ts';
import { type Goings, Pacer } from './pace/pacer.ts';
import { isHidden } from './pace/page-life.ts';
import { TIME_TO_ANSWER } from './pace/schedule.ts';
import type { PollerContext } from './poller-context.ts';
import { type QueuePollerOptions, type QueueSettings, readQueueOptions } from './poller-options.ts';
import { canBeAsked } from './server/can-be-asked.ts';
import type { QueueEvent } from './server/events.ts';
import { QueueApi } from './server/queue-api.ts';
import { startQueueRequest } from './server/queue-request.ts';
import { ServerClock } from './server/server-clock.ts';
import { Session } from './session.ts';
import { CHANNEL_KINDS, type ChannelKind, type ConnectionState } from './state/connections.ts';
import { Readers } from './state/event-iterators.ts';
import { Journal, type JournalReader } from './state/journal.ts';
import { PollerEmitter } from './state/poller-emitter.ts';
import type { PollerEvents, PollerStatus, QueueEventName, QueueEvents } from './state/poller-events.ts';
import { type SyncOptions, type SyncOutcome, SyncWaits } from './state/sync-waits.ts';
import type { Finding } from './state/update.ts';
import { QueueStore } from './tabs/queue-store.ts';

/** What a poller knows, for UI stores. The same object until something changes. */
export interface QueueSnapshot {
  /** What the poller is doing. */
  readonly status: PollerStatus;
  /** The queue that is being read; undefined while there is none. */
  readonly queueId: string | undefined;
  /** Each connection that is known, by its id. */
  readonly connections: ReadonlyMap<string, ConnectionState>;
}

/**
 * Follows a user's bank connections through their event queue: gets the queue, reads it when it is time,
 * delivers each event once and in order, and knows at any time how each connection and each of its channels
 * is. Where events may have been lost, it looks at the connections themselves.
 *
 * @example
 * ```ts
 * import { QueuePoller } from 'bankside';
 *
 * const poller = new QueuePoller({
 *   baseUrl: 'https://api.bank.example/linxo',
 *   accessToken: async ({ rejected }) => {
 *     const path = rejected ? '/session/access-token?fresh' : '/session/access-token';
 *     const response = await fetch(path, { method: 'POST' });
 *     if (!response.ok) throw new Error(`Status ${response.status}`);
 *     return response.text();
 *   },
 * });
 * poller.on('CHALLENGE_REQUIRED', ({ resource }) => console.log(`${resource?.name} has sent a code`));
 * poller.on('channel', ({ channelDefinitionId, status }) => console.log(channelDefinitionId, status));
 * await poller.start(); // before the synchronisation: what happens earlier is not in the queue
 * const { result } = await poller.whenSynced('connection-1', { timeout: 120_000 });
 * ```
 */
export class QueuePoller {
  /** Stops the poller at the end of an `await using` block, where the engine has `Symbol.asyncDispose`. */
  declare [Symbol.asyncDispose]: () => Promise<void>;

  readonly #settings: QueueSettings;
  readonly #clock: ServerClock = new ServerClock();
  readonly #emitter: PollerEmitter = new PollerEmitter();
  readonly #waits: SyncWaits = new SyncWaits();
  readonly #readers: Readers = new Readers();
  /** All that is of one user. Another one gets another. */
  #context: PollerContext;
  #status: PollerStatus = 'idle';
  #session: Session | undefined;
  /** The end of the last session. */
  #ended: Promise<void> = Promise.resolve();
  #isPaused = false;
  #snapshot: QueueSnapshot | undefined;
  /** The changes of the connections that the snapshot holds. */
  #changes = 0;
  /** The snapshot of which the listeners know. */
  #told: QueueSnapshot | undefined;

  /** @throws BanksideError `INVALID_OPTIONS`, naming the option. */
  constructor(options: QueuePollerOptions) {
    const { queueId, ...settings } = readQueueOptions(options);
    this.#settings = settings;
    this.#context = this.#open(queueId);
    this.#watchEvents();
    // Not a method: where Symbol.asyncDispose does not exist, that would be named 'undefined'; and a computed
    // name defeats tree-shaking.
    if (Symbol.asyncDispose) this[Symbol.asyncDispose] = () => this.stop();
  }

  /** The queue that is being read. */
  get queueId(): string | undefined {
    return this.#context.journal.queueId;
  }

  /** What the poller is doing. */
  get status(): PollerStatus {
    return this.#status;
  }

  /**
   * In how many ms the queue is read next, as things are now: sooner, when something happens. `undefined` while
   * nobody polls.
   */
  get nextPollIn(): number | undefined {
    return /ing$/.test(this.#status) ? Math.max(0, this.#context.pacer.due - now()) : undefined;
  }

  /** Each connection that is known, by its id. */
  get connections(): ReadonlyMap<string, ConnectionState> {
    return this.#context.journal.connections.states;
  }

  /**
   * Begins to poll, or begins again after `stop` or a failure. While it is polling, it does nothing more.
   *
   * @returns Resolves once a queue is known to live and is being polled. A synchronisation that begins later
   *   will be in it.
   * @throws BanksideError Rejects with what ended the poller before: `UNAUTHORIZED`, `HTTP` (400 on
   *   subscribing), `INVALID_RESPONSE` (a `Location` that the page can't read), `INVALID_OPTIONS` (a function
   *   that gave no token); `DISPOSED` if it was stopped.
   */
  start(): Promise<void> {
    return (this.#session ?? this.#begin()).started;
  }

  /** Polls now, and watches closely for a while: something is about to happen. */
  nudge(): void {
    this.#context.pacer.watch();
    this.#session?.ask();
  }

  /**
   * Sends nothing any more until `resume`: an idle bank session must be able to end. A read that is under way
   * is let land. With `share`, another tab of the user goes on.
   */
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#session?.pause();
    if (this.#session) this.#become('paused');
  }

  /** Goes on after `pause`. A queue that has died in the meantime is replaced. */
  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#session?.resume();
  }

  /** Knows this connection from now on, even before an event names it: it is read, and kept right. */
  track(connectionId: string): void {
    checkId('track', connectionId);
    if (this.#context.journal.connections.has(connectionId)) return;
    const finding: Finding = { kind: 'track', connectionId };
    if (this.#session) this.#session.tell(finding);
    else this.#context.journal.take(finding);
    this.#session?.ask();
  }

  /**
   * Ends at once: no request, timer, listener or lock is left when it resolves. The queue's id is kept, so that
   * `start`, or another page, can go on with it.
   *
   * @param options `forget`: logging out. All that is of the user goes too: the stored ids, what is known of the
   *   connections, the token, a queue that was given as an option, pauses (`pause`, and those that the server asked
   *   for), and what readers with `for await` have not taken yet.
   */
  async stop({ forget = false }: { readonly forget?: boolean } = {}): Promise<void> {
    const ended = this.#ended; // of this session: a handler may begin another
    this.#end('stopped', STOPPED, undefined, forget);
    await ended;
    // An answer that had come may have been looked at on the way.
    if (forget) forgetLastMatch();
  }

  /**
   * Adds a handler of an event and returns the function that removes it. Upper-case names are the server's
   * events, `'*'` all of them; lower-case ones the poller's own. A handler that throws or rejects stops
   * nothing.
   */
  on<K extends QueueEventName>(type: K, handler: (event: QueueEvents[K]) => void): () => void {
    return this.#emitter.on(type, handler);
  }

  /**
   * The server's events from now on, for `for await`. A reader that is slow loses the oldest, beyond 1,000 or
   * twice the largest answer, which a `gap` event tells. It ends with the poller; with an error if that has
   * failed. What it holds then can still be read, unless the user has logged out: `forget` drops it.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<QueueEvent> {
    const reader = this.#readers.add();
    if (this.#hasEnded) this.#readers.end();
    return reader;
  }

  /**
   * Waits for the end of a connection's synchronisation, and watches it closely meanwhile.
   *
   * @returns How it ended; at once if it is known to have ended, and as soon as the user owes an action.
   * @throws BanksideError Rejects with `TIMEOUT`, with the signal's reason, or with `DISPOSED` when the poller
   *   stops; with `INVALID_CALL` for wrong arguments.
   */
  async whenSynced(connectionId: string, options: SyncOptions = {}): Promise<SyncOutcome> {
    checkId('whenSynced', connectionId);
    const waitFor = startQueueRequest('whenSynced', connectionId);
    this.track(connectionId);
    const context = this.#context;
    const known = context.journal.connections.get(connectionId);
    known.notBefore = 0; // whatever became of reading it, somebody waits for it now
    const waiting = this.#waits.add(known, options);
    if (this.#hasEnded) this.#waits.rejectAll('The poller is not polling', undefined);
    this.#session?.ask();
    const outcome = await waiting;
    // The user may have left in the turn in which it came.
    if (context !== this.#context) throw requestError('DISPOSED', STOPPED, waitFor);
    return outcome;
  }

  /** What the poller knows now. The same object until something changes, as UI stores want it. Bound. */
  readonly getSnapshot = (): QueueSnapshot => {
    const { status, queueId, connections } = this;
    const { changes } = this.#context.journal.connections;
    const was = this.#snapshot;
    if (was && was.status === status && was.queueId === queueId && this.#changes === changes) return was;
    this.#changes = changes;
    this.#snapshot = { status, queueId, connections: new Map(connections) };
    return this.#snapshot;
  };

  /** Calls the listener whenever the snapshot has changed. Returns the function that removes it. Bound. */
  readonly subscribe = (listener: () => void): (() => void) => {
    return this.#emitter.subscribe(listener);
  };

  get #hasEnded(): boolean {
    return /stopped|failed/.test(this.#status);
  }

  /**
   * What a user begins with.
   *
   * @param queueId The queue that the page has given for them.
   */
  #open(queueId: string | undefined): PollerContext {
    const settings = this.#settings;
    const clock = this.#clock;
    const isHere = (): boolean => this.#context === context;
    const tell = <K extends keyof PollerEvents>(type: K, event: PollerEvents[K]): void => {
      if (isHere()) this.#emitter.tell(type, event);
    };
    const reader: JournalReader = {
      tell,
      deliver: (event) => isHere() && this.#deliver(event),
      moved: (known) => isHere() && this.#waits.check(known),
      isOver: () => !this.#session || !isHere(),
    };
    const journal = new Journal(reader, clock, (id) => this.#kindOf(id));
    const goings = (): Goings => {
      const { isSyncing, nextRead } = journal.connections;
      return { isClose: this.#waits.size > 0 || isSyncing, isHidden: isHidden(), nextRead };
    };
    const context: PollerContext = {
      settings,
      clock,
      journal,
      givenQueueId: queueId,
      api: new QueueApi(settings, clock, () => this.#isPaused),
      pacer: new Pacer(settings.schedule, goings),
      store: new QueueStore(settings),
      become: (status) => this.#become(status),
      changed: () => this.#changed(),
      failed: (error, retryIn) => tell('failure', { error, retryIn }),
    };
    return context;
  }

  #begin(): Session {
    const { signal } = this.#settings;
    const { journal, pacer } = this.#context;
    journal.connections.forgetFailures();
    pacer.start(this.#status === 'failed');
    const session = new Session(this.#context, this.#ended, this.#isPaused);
    this.#session = session;
    this.#become(this.#isPaused ? 'paused' : 'subscribing');
    this.#ended = session.ended.then((error) => {
      letGo();
      if (this.#session === session) this.#fail(error as AnyBanksideError);
    });
    const letGo = onAbort(signal, () => this.#end('stopped', 'Its signal was aborted', signal?.reason));
    return session;
  }

  #fail(error: AnyBanksideError): void {
    const context = this.#context;
    this.#end('failed', 'The poller has failed', error);
    if (context === this.#context) this.#emitter.tell('failure', { error, retryIn: undefined });
  }

  /** The one way out. */
  #end(status: 'stopped' | 'failed', message: string, cause?: unknown, forget = false): void {
    const session = this.#session;
    this.#session = undefined;
    if (forget) this.#forget();
    this.#waits.rejectAll(message, cause);
    this.#readers.end(status === 'failed' ? cause : undefined);
    // What hears of the end may begin again, for the next user perhaps: a handler, or what is the page's own and is aborted.
    this.#become(status);
    session?.stop(new BanksideError('DISPOSED', message, {}, { cause }));
    if (!forget) return;
    this.#settings.client.forget();
    forgetLastMatch();
    this.#changed();
  }

  /** The user leaves. What is still on its way for them is told to nobody, and kept nowhere. */
  #forget(): void {
    const { journal, store } = this.#context;
    this.#context = this.#open(undefined);
    this.#isPaused = false;
    this.#snapshot = undefined;
    this.#told = undefined;
    this.#emitter.forget();
    this.#readers.forget();
    journal.forget(); // the page may hold its map of connections
    store.clear();
  }

  #become(status: PollerStatus): void {
    const previous = this.#status;
    if (status === previous) return;
    this.#status = status;
    this.#emitter.tell('status', { status, previous });
    this.#changed();
  }

  /** Watches closely after what more may follow. */
  #watchEvents(): void {
    this.on('poll', ({ events }) => {
      this.#readers.answered();
      if (events) this.#context.pacer.watch();
    });
    this.on('channel', ({ status }) => {
      // Its synchronisation goes on as soon as the user has answered.
      if (/CHALLENGE|USER_ACTION/.test(status)) this.#context.pacer.watch(TIME_TO_ANSWER);
    });
  }

  #kindOf(id: string): ChannelKind | undefined {
    let kind: ChannelKind | undefined;
    callSafely(() => {
      kind = this.#settings.channelKind?.(id);
    });
    return kind && CHANNEL_KINDS.includes(kind) ? kind : undefined;
  }

  #deliver(event: QueueEvent): void {
    const { journal } = this.#context;
    if (!this.#emitter.deliver(event)) return;
    const lost = this.#readers.push(event, journal.largest);
    if (lost) {
      const since = lost.creation_date ?? journal.soundAt;
      // In all tabs: the one that polls looks at what they doubt.
      this.#session?.tell({ kind: 'gap', reason: 'overflow', since });
    }
  }

  #changed(): void {
    const snapshot = this.getSnapshot();
    if (snapshot === this.#told) return;
    this.#told = snapshot;
    this.#emitter.change();
  }
}

const STOPPED = 'The poller was stopped';

function checkId(call: string, id: unknown): void {
  checkCall(canBeAsked(id), call, 'the id of a connection', id);
}
