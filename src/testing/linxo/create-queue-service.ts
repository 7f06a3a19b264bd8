import { checkNames } from '../known-names.ts';
import { seededRandom } from '../seeded-random.ts';
import { Agenda } from './agenda.ts';
import { ConnectionBook, DEFAULT_USER } from './connection-book.ts';
import type { ConnectionRecord } from './connection-record.ts';
import type { EventQueue } from './event-queue.ts';
import { createEventWriter, createUnorderedIds, type EventWriter } from './event-writer.ts';
import {
  DEFAULT_SETTINGS,
  type LinxoOptions,
  type LinxoSettings,
  readLinxoOptions,
} from './linxo-options.ts';
import { createLiveQueues, type LiveQueues } from './live-queues.ts';
import {
  type PublishedEvent,
  type QueueService,
  READER_FIELDS,
  type ReaderIdentity,
} from './queue-service.ts';
import { randomScript } from './random-script.ts';
import { readHappening, readPlayOptions, readRandomOptions, readScript } from './read-script.ts';
import { createSynchronisations, type EmitEvent, type Synchronisations } from './synchronisations.ts';
import { transactionsOf } from './transactions.ts';
import {
  accountsLength,
  type BankAccount,
  type LinxoConnection,
  type LinxoEvent,
  type LinxoTransaction,
  type LinxoUser,
} from './wire.ts';

export interface QueueModelOptions extends LinxoOptions {
  /** In milliseconds. @default Date.now */
  readonly now?: () => number;
  /** @default 1 */
  readonly seed?: number;
}

/** The service, with further functions for its HTTP server. */
export interface QueueModel extends QueueService {
  readonly settings: LinxoSettings;
  configure(options: LinxoOptions): void;
  /** Returns the queue, if it has not expired and the reader may read it. Does not extend its life. */
  find(queueId: string, reader: ReaderIdentity): EventQueue | { readonly status: 403 | 404 | 410 };
  /** Puts these events before all others of the next read. */
  repeat(queueId: string, events: readonly LinxoEvent[]): void;
  /** Adds many events of an unknown type to one queue. */
  burst(queueId: string, count: number): void;
  /** The accounts that the channels of one user, or of all, have listed. */
  accounts(user?: string): readonly BankAccount[];
  /** The user of an account. */
  userOfAccount(accountId: string): string | undefined;
  /** The transactions of an account, the newest first. */
  transactions(account: BankAccount): readonly LinxoTransaction[];
  user(id: string): LinxoUser;
  /** Puts an event into all queues. Without a queue, the next one gets it. */
  deliver(event: LinxoEvent): void;
  /** Lets all queues expire. The next one gets the events that nobody has read. */
  replaceQueues(): void;
  /** Sets the state of a connection that has no synchronisations here. */
  setConnection(connection: LinxoConnection): void;
}

const MAX_PUBLISHED = 10_000;
/** Of the accounts of published events, as JSON. */
const MAX_CHARACTERS = 20_000_000;

export function createQueueService(options: QueueModelOptions = {}): QueueModel {
  const { now = () => Date.now(), seed = 1, ...linxoOptions } = options;
  let settings = readLinxoOptions(linxoOptions, DEFAULT_SETTINGS);
  const write = createEventWriter(seed);
  const published = new PublishedEvents();
  const connections = new ConnectionBook(seed);
  const queues = createLiveQueues(() => settings.lifetime);
  const agenda = new Agenda<ConnectionRecord>();

  /** Runs everything that is due by now. Returns the time. */
  const catchUp = (): number => {
    const at = now();
    agenda.catchUp(at);
    return at;
  };
  const emit: EmitEvent = (record, happening, at, field) => {
    const event = write(record, happening, at, field);
    if (!event) return;
    connections.accounts.add(record, event);
    published.add({ at, event });
    queues.publish(record.user, event, at);
  };
  const synchronisations = createSynchronisations(agenda, emit);
  const parts = { now, seed, settings: () => settings, write, connections, queues, catchUp, emit };

  return {
    get settings() {
      return settings;
    },
    configure(changes) {
      catchUp();
      settings = readLinxoOptions(changes, settings);
    },
    ...queueFunctions(parts),
    ...connectionFunctions(parts),
    ...accountFunctions(parts),
    ...synchronisationFunctions(parts, synchronisations),
    get published() {
      catchUp();
      return published.list;
    },
  };
}

/** The newest events, the oldest first. */
class PublishedEvents {
  readonly list: PublishedEvent[] = [];
  #characters = 0;

  add(entry: PublishedEvent): void {
    this.list.push(entry);
    this.#characters += accountsLength(entry.event);
    while (this.list.length > MAX_PUBLISHED || (this.#characters > MAX_CHARACTERS && this.list.length > 1)) {
      const oldest = this.list.shift();
      if (oldest) this.#characters -= accountsLength(oldest.event);
    }
  }
}

interface ServiceParts {
  readonly now: () => number;
  readonly seed: number;
  readonly settings: () => LinxoSettings;
  readonly write: EventWriter;
  readonly connections: ConnectionBook;
  readonly queues: LiveQueues;
  readonly catchUp: () => number;
  readonly emit: EmitEvent;
}

function queueFunctions({ now, seed, settings, write, connections, queues, catchUp }: ServiceParts) {
  const nextQueueId = createUnorderedIds(seededRandom(seed, 'linxo/queues'));

  function find(queueId: string, { user }: ReaderIdentity): ReturnType<QueueModel['find']> {
    const queue = queues.find(queueId, catchUp());
    if (!queue) return { status: settings().deadQueue };
    return user === undefined || user === queue.user ? queue : { status: 403 };
  }

  /** Events that no queue has got. */
  let waiting: LinxoEvent[] = [];

  return {
    deliver(event) {
      const at = catchUp();
      const all = queues.all(at);
      if (all.length === 0) waiting.push(event);
      for (const { id } of all) queues.put(id, [event], at);
    },
    replaceQueues() {
      const at = catchUp();
      const unread = queues.all(at).map((queue) => queue.read('destructive', '', at));
      const [shortest = []] = unread.sort((one, other) => one.length - other.length);
      waiting.push(...shortest);
      queues.kill();
    },
    find,
    subscribe(user = DEFAULT_USER) {
      const at = catchUp();
      const id = nextQueueId(at);
      queues.open(id, user, at);
      queues.put(id, waiting, at);
      waiting = [];
      return id;
    },
    read(queueId, reader = {}) {
      checkNames('read', reader, READER_FIELDS);
      const found = find(queueId, reader);
      if ('status' in found) return found;
      const events = found.read(settings().reads, reader.reader ?? '', now());
      return events.length > 0 ? { status: 200, events } : { status: 204 };
    },
    queues: () =>
      queues
        .all(catchUp())
        .map((queue) => ({ id: queue.id, user: queue.user, held: queue.held('destructive', '') })),
    killQueue(queueId) {
      catchUp();
      queues.kill(queueId);
    },
    repeat: (queueId, events) => queues.find(queueId, catchUp())?.repeat(events),
    burst(queueId, count) {
      const at = catchUp();
      const queue = queues.find(queueId, at);
      if (!queue) return;
      const record = connections.all(queue.user)[0] ?? placeholderConnection(queue.user, at);
      const events = Array.from({ length: count }, () => {
        return write(record, { event: 'SANDBOX_BURST' }, at, settings().endMarkerField) ?? [];
      });
      queues.put(queueId, events.flat(), at);
    },
  } satisfies Partial<QueueModel>;
}

/** The connection of events for a user without connections. */
function placeholderConnection(user: string, at: number): ConnectionRecord {
  return new ConnectionBook(0).add({ id: 'connection-0', user }, at);
}

function connectionFunctions({ connections, catchUp }: ServiceParts) {
  /** Those without synchronisations, by id. */
  const states = new Map<string, LinxoConnection>();
  return {
    setConnection: (connection) => void states.set(connection.id, connection),
    addConnection: (connection = {}) => connections.add(connection, catchUp()).details(),
    connection(id) {
      catchUp();
      return states.get(id) ?? connections.find(id)?.details();
    },
    connections(user) {
      catchUp();
      const own = [...states.values()].filter((state) => user === undefined || state.user_id === user);
      return [...own, ...connections.all(user).map((record) => record.details())];
    },
    channelKind: (id) => connections.channelKind(id),
  } satisfies Partial<QueueModel>;
}

function accountFunctions({ now, seed, connections, catchUp }: ServiceParts) {
  const started = Math.floor(now() / 1_000);
  return {
    accounts(user) {
      catchUp();
      return connections.accounts.all(user);
    },
    userOfAccount: (id) => connections.accounts.userOf(id),
    transactions: (account) => transactionsOf(seed, account),
    user: (id) => ({
      id,
      email: `${encodeURIComponent(id)}@bankside.example`,
      first_name: 'Sandbox',
      last_name: 'User',
      creation_date: started,
    }),
  } satisfies Partial<QueueModel>;
}

function synchronisationFunctions(
  { seed, settings, connections, catchUp, emit }: ServiceParts,
  synchronisations: Synchronisations,
) {
  const sharedRandom = seededRandom(seed, 'linxo/synchronisations');
  return {
    synchronise(connectionId, script = 'success', options = {}) {
      const [steps, play] = [readScript(script), readPlayOptions(options, settings())];
      synchronisations.play(connections.get(connectionId), steps, catchUp(), play);
    },
    synchroniseAtRandom(connectionId, options = {}) {
      const { play, trouble, seed: own } = readRandomOptions(options, settings());
      const random = own === undefined ? sharedRandom : seededRandom(own, 'linxo/synchronisation');
      const steps = randomScript(random, trouble);
      synchronisations.play(connections.get(connectionId), steps, catchUp(), play);
    },
    isSynchronising(connectionId) {
      catchUp();
      return synchronisations.isPlaying(connections.get(connectionId));
    },
    publish(connectionId, happening) {
      const record = connections.get(connectionId);
      const at = catchUp();
      record.change(readHappening(happening), at, 'call');
      emit(record, happening, at, settings().endMarkerField);
    },
    answerChallenge: (connectionId) =>
      synchronisations.answerChallenge(connections.get(connectionId), catchUp()),
  } satisfies Partial<QueueModel>;
}
