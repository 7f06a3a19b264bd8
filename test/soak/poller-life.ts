import type { QueuePoller, SyncOutcome } from '../../src/index.ts';
import type { Life } from './life.ts';
import type { World } from './world.ts';

/** The number of users: pollers of one user share a queue. */
const USERS = 5;

/** A poller that follows a connection of its user, alone or shared, and is nudged, paused and stopped. */
export class PollerLife implements Life {
  readonly ends: number;
  readonly #world: World;
  readonly #poller: QueuePoller;
  readonly #connection: string;
  readonly #waits: Promise<SyncOutcome | undefined>[] = [];
  #polls = 0;
  #events = 0;
  #synchronisations = 0;
  #isPaused = false;
  /** The last final failure. */
  #last = '';
  readonly #wrong: string[] = [];

  constructor(world: World, ends: number, index: number) {
    this.ends = ends;
    this.#world = world;
    const { queue, fetchQueue } = world;
    const { sandbox } = queue;
    const isSharing = index % 3 === 0;
    const user = isSharing ? `user ${index % USERS}` : `user of ${index}`;
    this.#connection = sandbox.linxo.addConnection({ user }).id;
    let token = '';
    this.#poller = queue.poller({
      baseUrl: '/linxo',
      accessToken({ rejected }) {
        if (!token || token === rejected) token = sandbox.issueAccessToken({ user });
        return token;
      },
      user,
      share: isSharing,
      fetch: fetchQueue,
    });
    const seen = new Set<string>();
    this.#poller.on('*', ({ id }) => {
      if (seen.has(id)) this.#wrong.push(`event ${id} came twice`);
      seen.add(id);
      this.#events += 1;
    });
    this.#poller.on('failure', ({ error, retryIn }) => {
      if (retryIn === undefined) this.#last = error.code;
    });
    this.#poller.on('poll', () => {
      this.#polls += 1;
    });
    this.#poller.track(this.#connection);
    this.#poller.start().catch(() => {});
  }

  get sums(): Life['sums'] {
    return { polls: this.#polls, events: this.#events, synchronisations: this.#synchronisations };
  }

  step(): void {
    const { random, queue } = this.#world;
    const { linxo } = queue;
    const dice = random.between(1, 20);
    if (dice <= 3 && !linxo.isSynchronising(this.#connection)) {
      linxo.synchroniseAtRandom(this.#connection);
      this.#synchronisations += 1;
      this.#waits.push(this.#poller.whenSynced(this.#connection).catch(() => undefined));
    } else if (dice === 4) this.#poller.nudge();
    else if (dice === 5) {
      this.#isPaused = !this.#isPaused;
      if (this.#isPaused) this.#poller.pause();
      else this.#poller.resume();
    } else if (dice === 6) linxo.answerChallenge(this.#connection);
  }

  /** Each wait has settled or settles now, and the last known state is the server's, if it was read. */
  async end(): Promise<string[]> {
    await this.#comeToTheTruth();
    await this.#poller.stop({ forget: true });
    await Promise.all(this.#waits);
    if (this.#poller.status !== 'stopped') this.#wrong.push(`a poller is ${this.#poller.status}`);
    return this.#wrong;
  }

  async #comeToTheTruth(): Promise<void> {
    const { sandbox } = this.#world.queue;
    sandbox.clearFaults();
    // Some faults end a poller, which the page must start again: a token refused twice, an answer without a
    // Location.
    if (this.#poller.status === 'failed') {
      if (!/^(UNAUTHORIZED|INVALID_RESPONSE)$/.test(this.#last))
        this.#wrong.push(`a poller has failed: ${this.#last}`);
      this.#poller.start().catch(() => {});
    }
    this.#poller.resume();
    this.#poller.nudge();
    // A synchronisation takes a minute. A failure is retried within another. A lost queue is replaced.
    for (let seconds = 0; seconds < 600; seconds += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const known = this.#poller.connections.get(this.#connection)?.status;
      const truth = sandbox.linxo.connection(this.#connection)?.status;
      if (!sandbox.linxo.isSynchronising(this.#connection) && known === truth) return;
      sandbox.linxo.answerChallenge(this.#connection);
    }
    const known = this.#poller.connections.get(this.#connection)?.status;
    this.#wrong.push(
      `connection ${this.#connection} is ${sandbox.linxo.connection(this.#connection)?.status}, and known as ${known} to a poller that is ${this.#poller.status}`,
    );
  }
}
