import { onAbort } from '../abort.ts';
import { bindMembers } from '../bind-members.ts';
import { type AnyBanksideError, BanksideError } from '../errors.ts';
import { requestError } from '../http/request-error.ts';
import { forgetLastMatch } from '../text/forget-last-match.ts';
import { now } from '../time.ts';
import { Pacer } from './pace/pacer.ts';
import { isHidden } from './pace/page-life.ts';
import { TIME_TO_ANSWER } from './pace/schedule.ts';
import { type PollerSettings, type QueuePollerOptions, readPollerOptions } from './poller-options.ts';
import { readForget } from './read-forget.ts';
import { checkConnectionId } from './server/addressable-id.ts';
import type { QueueEvent } from './server/events.ts';
import { QueueApi } from './server/queue-api.ts';
import { startQueueRequest } from './server/queue-request.ts';
import { ServerClock } from './server/server-clock.ts';
import { Session, type SessionContext } from './session.ts';
import type { ConnectionState } from './state/connection-state.ts';
import { EventIterators } from './state/event-iterators.ts';
import { Journal, type JournalListener } from './state/journal.ts';
import type { KnownConnection } from './state/known-connection.ts';
import { PollerEmitter } from './state/poller-emitter.ts';
import type { PollerEvents, QueueEventName, QueueEvents } from './state/poller-events.ts';
import { ENDED, POLLING, type PollerStatus } from './state/poller-terms.ts';
import { type QueueSnapshot, SnapshotCache } from './state/queue-snapshot.ts';
import type { RecentPollerEvent } from './state/recent-poller-events.ts';
import { type SyncOptions, type SyncOutcome, SyncWaits } from './state/sync-waits.ts';
import type { Update } from './state/update.ts';
import { QueueStore } from './tabs/queue-store.ts';

const STOPPED = 'The poller was stopped';

/**
 * Follows a user's bank connections through their event queue: gets a queue, polls it, delivers each event once and in
 * order, and keeps the state of each connection and its channels. Where events may be lost, it reads the connections.
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
 * await poller.start(); // before the synchronisation starts: earlier events are not in the queue
 * const { result } = await poller.whenSynced('connection-1', { timeout: 120_000 });
 * ```
 */
export class QueuePoller {
  /** Stops the poller at the end of an `await using` block, where the engine has `Symbol.asyncDispose`. */
  declare [Symbol.asyncDispose]: () => Promise<void>;

  readonly #settings: PollerSettings;
  readonly #clock: ServerClock = new ServerClock();
  readonly #emitter: PollerEmitter = new PollerEmitter();
  readonly #waits: SyncWaits = new SyncWaits();
  readonly #iterators: EventIterators = new EventIterators();
  readonly #snapshots: SnapshotCache = new SnapshotCache();
  /** All that belongs to one user. Logging out replaces it. */
  #context: SessionContext;
  #status: PollerStatus = 'idle';
  #session: Session | undefined;
  /** The end of the last session. */
  #ended: Promise<void> = Promise.resolve();
  #isPaused = false;

  /** @throws BanksideError `INVALID_OPTIONS`, naming the option. */
  constructor(options: QueuePollerOptions) {
    const { queueId, ...settings } = readPollerOptions(options);
    this.#settings = settings;
    this.#context = this.#createContext(queueId);
    // Not a method: where Symbol.asyncDispose does not exist, it would be named 'undefined'; and a computed name defeats
    // tree-shaking.
    if (Symbol.asyncDispose) this[Symbol.asyncDispose] = () => this.stop();
    bindMembers(this);
  }

  /** The queue that is being read. */
  get queueId(): string | undefined {
    return this.#context.journal.queue.queueId;
  }

  /** What the poller is doing. */
  get status(): PollerStatus {
    return this.#status;
  }

  /** In how many ms the queue is polled next, unless something happens before. `undefined` while nobody polls. */
  get nextPollIn(): number | undefined {
    const due = this.#due;
    return due === undefined ? undefined : Math.max(0, due - now());
  }

  /** The known connections, by their ids. The same map until one of them changes, and then another: as in the snapshot. */
  get connections(): ReadonlyMap<string, ConnectionState> {
    return this.getSnapshot().connections;
  }

  /**
   * What has happened, for a page that looks later: the newest 200 events, the oldest first, also those that another tab of the
   * user has sent to this one. Plain data: ids, types, statuses, codes and times, no resources, names of connections, messages of
   * errors or tokens. Strings are cut to 256 characters. A new list each time; its events do not change. `stop({ forget: true })`
   * empties it.
   *
   * @example
   * ```ts
   * import type { QueuePoller } from 'bankside';
   *
   * declare const poller: QueuePoller;
   * const gaps = poller.recentEvents.filter(({ kind }) => kind === 'queue.gap');
   * ```
   */
  get recentEvents(): readonly RecentPollerEvent[] {
    return this.#emitter.recent;
  }

  /**
   * Begins to poll, or begins again after `stop` or a failure. Does nothing while it is polling.
   *
   * @returns Resolves once a queue exists and is being polled. The events of a synchronisation that starts later will be in it.
   * @throws BanksideError Rejects with what ended the poller before: `UNAUTHORIZED`, `HTTP` (400 on subscribing),
   *   `INVALID_RESPONSE` (the page cannot read `Location`), `INVALID_OPTIONS` (a function returned something that is not a
   *   token); `DISPOSED` if it was stopped.
   */
  start(): Promise<void> {
    this.#session?.resume(false);
    return (this.#session ?? this.#begin()).started;
  }

  /** Polls now, even after failures, and polls closely for a while: call it before something is about to happen. */
  nudge(): void {
    this.#context.pacer.watch();
    this.#session?.wake();
  }

  /**
   * Sends no more requests until `resume`, so that an idle bank session can end. A read in flight may still end. With
   * `share`, another tab of the user goes on, and this one still gets the events that the other one reads.
   */
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#session?.pause();
    if (this.#session) this.#setStatus('paused');
  }

  /** Goes on after `pause`, with a new queue if that has expired. Also where a web view only seemed to leave the page. */
  resume(): void {
    const wasPaused = this.#isPaused;
    this.#isPaused = false;
    this.#session?.resume(wasPaused);
  }

  /** Follows this connection from now on, before any event names it. The poller reads it, and keeps its state up to date. */
  track(connectionId: string): void {
    checkConnectionId('track', connectionId);
    const { journal } = this.#context;
    if (journal.connections.find(connectionId)) return;
    const update: Update = { kind: 'track', connectionId };
    if (this.#session) this.#session.report(update);
    else journal.apply(update);
    this.#session?.requestPoll();
  }

  /**
   * Stops at once: no request, timer, listener or lock is left when it resolves. The queue's id stays stored, so that `start`,
   * or another page, can go on with it.
   *
   * @param options `forget`: the user logs out. All that belongs to the user goes too: the stored ids, the state of the
   *   connections, the token, `recentEvents`, a queue that was given as an option, pauses (by `pause`, or asked for by the
   *   server), and what loops with `for await` have not read yet. What is not a plain object is ignored, so `stop` can be a
   *   handler of an event.
   * @throws BanksideError Rejects with `INVALID_OPTIONS` for an option that does not exist. The poller has stopped all the same.
   */
  async stop(options: { readonly forget?: boolean } = {}): Promise<void> {
    const { forget, check } = readForget(options);
    const ended = this.#ended; // read first: a handler may begin another session
    this.#end('stopped', STOPPED, undefined, forget);
    await ended;
    // A last answer may have been matched meanwhile.
    if (forget) forgetLastMatch();
    check();
  }

  /**
   * Adds a handler of an event and returns the function that removes it. Upper-case names are the server's events, `'*'` all
   * of them; lower-case names are the poller's own. A handler that throws or rejects stops nothing.
   *
   * @throws BanksideError `INVALID_CALL` for an event that does not exist, naming the nearest one. Any upper-case name may exist.
   */
  on<K extends QueueEventName>(type: K, handler: (event: QueueEvents[K]) => void): () => void {
    return this.#emitter.on(type, handler);
  }

  /**
   * The server's events from now on, for `for await`. A slow loop loses the oldest events beyond 1,000, or beyond twice the
   * largest answer; a `gap` event reports it. The loop ends with the poller, and throws if that has failed. Buffered events
   * can still be read then, unless the user has logged out: `forget` drops them.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<QueueEvent> {
    const iterator = this.#iterators.add();
    if (ENDED.has(this.#status)) this.#iterators.end();
    return iterator;
  }

  /**
   * Waits for the end of a connection's synchronisation, and polls closely meanwhile.
   *
   * @returns How it ended: at once if that is known, and as soon as the user has to do something.
   * @throws BanksideError Rejects with `TIMEOUT`, with the signal's reason, or with `DISPOSED` when the poller stops; with
   *   `INVALID_CALL` or `INVALID_OPTIONS` for wrong arguments.
   * @example
   * ```ts
   * import type { QueuePoller, RequiredAction } from 'bankside';
   *
   * declare const poller: QueuePoller;
   * declare const ask: (action: RequiredAction | undefined) => void;
   *
   * let outcome = await poller.whenSynced('connection-1');
   * while (outcome.result === 'action') {
   *   ask(outcome.action);
   *   outcome = await poller.whenSynced('connection-1', { after: outcome }); // without `after`: the same action again
   * }
   * ```
   */
  async whenSynced(connectionId: string, options: SyncOptions = {}): Promise<SyncOutcome> {
    checkConnectionId('whenSynced', connectionId);
    const request = startQueueRequest('whenSynced', connectionId);
    this.track(connectionId);
    const context = this.#context;
    const known = context.journal.connections.find(connectionId) as KnownConnection;
    const waiting = this.#waits.add(known, request, options, () => {
      context.journal.apply({ kind: 'awaited', connectionId });
      this.#session?.requestPoll();
    });
    if (ENDED.has(this.#status)) this.#waits.rejectAll('The poller is not polling', undefined);
    const outcome = await waiting;
    // The user may have logged out in the same turn.
    if (context !== this.#context) throw requestError('DISPOSED', STOPPED, request);
    return outcome;
  }

  /** What the poller knows now. The same object until something changes, as UI stores want it. Bound. */
  readonly getSnapshot = (): QueueSnapshot => {
    const { queue, connections } = this.#context.journal;
    const { queueId, failure } = queue;
    const parts = { status: this.#status, queueId, error: failure?.error, due: this.#due };
    return this.#snapshots.get({ ...parts, changes: connections.changes }, connections);
  };

  /** Calls the listener whenever the snapshot has changed. Returns the function that removes it. Bound. */
  readonly subscribe = (listener: () => void): (() => void) => this.#emitter.subscribe(listener);

  /** When the queue is polled next, on the clock of `performance.now()`. */
  get #due(): number | undefined {
    return POLLING.has(this.#status) ? this.#context.pacer.due : undefined;
  }

  /** @param queueId The queue that the page has given for this user. */
  #createContext(givenQueueId: string | undefined): SessionContext {
    const settings = this.#settings;
    const clock = this.#clock;
    const isPaused = (): boolean => this.#isPaused;
    /** After a logout, what is still in flight for the last user is dropped. */
    const isCurrent = (): boolean => this.#context === context;
    const emit = <K extends keyof PollerEvents>(type: K, event: PollerEvents[K]): void => {
      if (isCurrent()) this.#emitter.emit(type, event);
    };
    const listener: JournalListener = {
      emit,
      deliver: (event) => isCurrent() && this.#deliver(event),
      delivered: (fresh) => {
        if (!isCurrent()) return;
        this.#iterators.endAnswer();
        if (fresh) pacer.watch();
      },
      changed: (known) => isCurrent() && this.#waits.check(known),
      waitsForUser: () => pacer.watch(TIME_TO_ANSWER),
      isOver: () => !this.#session || !isCurrent(),
    };
    const journal = new Journal(listener, clock, settings.kindOf);
    const pacer = new Pacer(settings.schedule, () => {
      const { isSyncing, nextRead } = journal.connections;
      return { isClose: this.#waits.size > 0 || isSyncing, isHidden: isHidden(), nextRead };
    });
    const context: SessionContext = {
      settings,
      clock,
      journal,
      pacer,
      givenQueueId,
      isPaused,
      api: new QueueApi(settings, clock, isPaused, (origin) => emit('insecurePage', { origin })),
      store: new QueueStore(settings),
      status: () => this.#status,
      setStatus: (status) => this.#setStatus(status),
      changed: () => this.#notify(),
      emitFailure: (failure) => emit('failure', failure),
    };
    return context;
  }

  #begin(): Session {
    const { signal } = this.#settings;
    const { journal, pacer } = this.#context;
    journal.apply({ kind: 'revived' });
    pacer.start(this.#status === 'failed');
    const session = new Session(this.#context, this.#ended);
    this.#session = session;
    this.#setStatus(this.#isPaused ? 'paused' : 'subscribing');
    this.#ended = session.ended.then((error) => {
      unsubscribe();
      if (this.#session === session) this.#fail(error as AnyBanksideError);
    });
    const unsubscribe = onAbort(signal, () => this.#end('stopped', 'Its signal was aborted', signal?.reason));
    return session;
  }

  #fail(error: AnyBanksideError): void {
    const context = this.#context;
    this.#end('failed', 'The poller has failed', error);
    if (context !== this.#context) return;
    context.journal.apply({ kind: 'failed', error, retryIn: undefined, isHeld: false });
    this.#notify();
  }

  /** The only way to end a session. */
  #end(status: 'stopped' | 'failed', message: string, cause?: unknown, forget = false): void {
    const session = this.#session;
    this.#session = undefined;
    if (forget) this.#forget();
    this.#waits.rejectAll(message, cause);
    this.#iterators.end(status === 'failed' ? cause : undefined);
    // From here on, a handler or an aborted function of the page may start the poller again, perhaps for the next user.
    this.#setStatus(status, !forget);
    session?.stop(new BanksideError('DISPOSED', message, {}, { cause }));
    if (!forget) return;
    this.#settings.client.forget();
    this.#notify();
  }

  #forget(): void {
    const { journal, store } = this.#context;
    this.#context = this.#createContext(undefined);
    this.#isPaused = false;
    this.#snapshots.clear();
    this.#emitter.forget();
    this.#iterators.forget();
    journal.apply({ kind: 'forgotten' });
    store.clear();
  }

  /** @param isKept Whether `recentEvents` keeps it. */
  #setStatus(status: PollerStatus, isKept = true): void {
    const previous = this.#status;
    if (status === previous) return;
    this.#status = status;
    this.#emitter.emit('status', { status, previous }, isKept);
    this.#notify();
  }

  #deliver(event: QueueEvent): void {
    const { queue } = this.#context.journal;
    if (!this.#emitter.deliver(event)) return;
    const lost = this.#iterators.push(event, queue.largest);
    if (!lost) return;
    // Reported to all tabs: the one that polls reads the connections.
    const since = lost.creation_date ?? queue.soundAt;
    this.#session?.report({ kind: 'gap', reason: 'overflow', since });
  }

  #notify(): void {
    if (this.#snapshots.isNews(this.getSnapshot())) this.#emitter.emitChange();
  }
}
