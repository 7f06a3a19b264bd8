import { seededRandom } from '../seeded-random.ts';
import { createAgenda } from './agenda.ts';
import { createConnectionBook, DEFAULT_USER } from './connection-book.ts';
import type { ConnectionRecord } from './connection-record.ts';
import type { EventQueue } from './event-queue.ts';
import { createEventWriter } from './event-writer.ts';
import type { LinxoEvent } from './linxo-event.ts';
import {
  DEFAULT_SETTINGS,
  type LinxoOptions,
  type LinxoSettings,
  readLinxoOptions,
} from './linxo-options.ts';
import type { PublishedEvent, QueueReader, QueueService } from './queue-service.ts';
import { createQueueStore } from './queue-store.ts';
import { randomScript } from './random-script.ts';
import { readChance, readManner } from './read-manner.ts';
import { readHappening, readScript } from './read-script.ts';
import { sizeOfAccounts } from './size-of-accounts.ts';
import { createSynchronisations, type Tell } from './synchronisations.ts';
import { createUnorderedIds } from './unordered-ids.ts';

export interface QueueModelOptions extends LinxoOptions {
  /** Milliseconds. @default Date.now */
  readonly now?: () => number;
  /** @default 1 */
  readonly seed?: number;
}

/** The service, and what its server needs to know of it beyond that. */
export interface QueueModel extends QueueService {
  readonly settings: LinxoSettings;
  configure(options: LinxoOptions): void;
  /** The queue, if it is alive and the reader's to read, and nothing else of it; no query of its own. */
  find(queueId: string, reader: QueueReader): EventQueue | { readonly status: 403 | 404 | 410 };
  /** The next read of this queue begins with these. */
  repeat(queueId: string, events: readonly LinxoEvent[]): void;
  /** So many events of a type that nobody knows, into this queue alone. */
  burst(queueId: string, count: number): void;
}

const CAPACITY = 10_000;
/** Of what was published, in characters of JSON. */
const MOST_ACCOUNTS = 20_000_000;

export function createQueueService(options: QueueModelOptions = {}): QueueModel {
  const { now = () => Date.now(), seed = 1, ...linxoOptions } = options;
  let settings = readLinxoOptions(linxoOptions, DEFAULT_SETTINGS);

  const nextQueueId = createUnorderedIds(seededRandom(seed, 'linxo/queues'));
  const chance = seededRandom(seed, 'linxo/synchronisations');
  const write = createEventWriter(seed);
  const connections = createConnectionBook();
  const queues = createQueueStore(() => settings.lifetime);
  const published: PublishedEvent[] = [];
  let accounts = 0;
  const agenda = createAgenda<ConnectionRecord>();
  const synchronisations = createSynchronisations(agenda, tell);

  /** What was due by now has happened; returns now. */
  function catchUp(): number {
    const at = now();
    agenda.catchUp(at);
    return at;
  }

  function tell(...[record, happening, at, field]: Parameters<Tell>): void {
    const event = write(record, happening, at, field);
    if (!event) return;
    publish({ at, event });
    queues.publish(record.user, event, at);
  }

  function publish(entry: PublishedEvent): void {
    published.push(entry);
    accounts += sizeOfAccounts(entry.event);
    while (published.length > CAPACITY || (accounts > MOST_ACCOUNTS && published.length > 1)) {
      const oldest = published.shift();
      if (oldest) accounts -= sizeOfAccounts(oldest.event);
    }
  }

  function find(queueId: string, { user }: QueueReader): ReturnType<QueueModel['find']> {
    const queue = queues.find(queueId, catchUp());
    if (!queue) return { status: settings.deadQueue };
    return user === undefined || user === queue.user ? queue : { status: 403 };
  }

  return {
    get settings() {
      return settings;
    },
    configure(changes) {
      catchUp();
      settings = readLinxoOptions(changes, settings);
    },
    subscribe(user = DEFAULT_USER) {
      const at = catchUp();
      const id = nextQueueId(at);
      queues.open(id, user, at);
      return id;
    },
    find,
    read(queueId, reader = {}) {
      const found = find(queueId, reader);
      if ('status' in found) return found;
      const events = found.read(settings.reads, reader.reader ?? '', now());
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
    addConnection: (connection = {}) => connections.add(connection, catchUp()).snapshot(),
    connection(id) {
      catchUp();
      return connections.find(id)?.snapshot();
    },
    connections(user) {
      catchUp();
      return connections.all(user).map((record) => record.snapshot());
    },
    synchronise(connectionId, script = 'success', options = {}) {
      const [steps, manner] = [readScript(script), readManner(options, settings)];
      synchronisations.play(connections.get(connectionId), steps, catchUp(), manner);
    },
    synchroniseAtRandom(connectionId, options = {}) {
      const { manner, trouble, seed: own } = readChance(options, settings);
      const random = own === undefined ? chance : seededRandom(own, 'linxo/synchronisation');
      const steps = randomScript(random, trouble);
      synchronisations.play(connections.get(connectionId), steps, catchUp(), manner);
    },
    isSynchronising(connectionId) {
      catchUp();
      return synchronisations.isPlaying(connections.get(connectionId));
    },
    publish(connectionId, happening) {
      const record = connections.get(connectionId);
      const at = catchUp();
      record.change(readHappening(happening), at);
      tell(record, happening, at, settings.endMarkerField);
    },
    answerChallenge: (connectionId) =>
      synchronisations.answerChallenge(connections.get(connectionId), catchUp()),
    repeat: (queueId, events) => queues.find(queueId, catchUp())?.repeat(events),
    burst(queueId, count) {
      const at = catchUp();
      const queue = queues.find(queueId, at);
      if (!queue) return;
      const record = connections.all(queue.user)[0] ?? connectionOfNobody(queue.user, at);
      const happening = { event: 'SANDBOX_BURST' };
      const events = Array.from(
        { length: count },
        () => write(record, happening, at, settings.endMarkerField) ?? [],
      ).flat();
      queues.put(queueId, events, at);
    },
    channelKind: connections.channelKind,
    get published() {
      catchUp();
      return published;
    },
  };
}

/** What an event is about where the user has no connection. */
function connectionOfNobody(user: string, at: number): ConnectionRecord {
  return createConnectionBook().add({ id: 'connection-0', user }, at);
}
