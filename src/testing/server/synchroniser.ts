import { type Linxo, modelOf } from '../linxo/linxo.ts';
import { type LinxoEvent, REQUIRED_ACTIONS } from '../linxo/wire.ts';
import { given, named, read } from '../schemas.ts';
import { SYNCHRONISATION, type Synchronisation } from './synchronisation.ts';

interface Prepared {
  readonly id: string;
  readonly synchronisation: Synchronisation;
}

/** The last start of a synchronisation. */
interface Start {
  readonly speed: number;
  /** The newest event before it. */
  readonly before: LinxoEvent | undefined;
}

/** Starts synchronisations of bank connections, and does what the user would do at the bank. */
export class Synchroniser {
  readonly #linxo: Linxo;
  readonly #prepared: readonly Prepared[];
  /** By the id of the connection. */
  readonly #starts = new Map<string, Start>();

  /**
   * Creates the connections of the prepared synchronisations.
   *
   * @throws TypeError that names the invalid field.
   */
  constructor(linxo: Linxo, prepared: readonly Synchronisation[]) {
    this.#linxo = linxo;
    this.#prepared = prepared.map((given) => {
      // Validated now, not when the first page subscribes.
      const synchronisation = read(SYNCHRONISATION, given, named('A synchronisation'));
      return { id: this.#findOrAdd(synchronisation), synchronisation };
    });
  }

  /** Starts a synchronisation, and creates the connection if it is unknown. Returns the id of the connection. */
  start(synchronisation: Synchronisation): string {
    const id = this.#findOrAdd(synchronisation);
    this.#play(id, synchronisation);
    return id;
  }

  /**
   * Starts the prepared synchronisations. Call it after each subscription, because a queue only gets later events. One that
   * runs, or has ended with an action for the user, is not started again: the new queue gets its events up to now, so that a
   * second page, or a reload, shows the same.
   *
   * @param queueId The new queue, if it is known.
   */
  startPrepared(queueId: string | undefined): void {
    for (const { id, synchronisation } of this.#prepared) {
      const isOpen = this.#linxo.isSynchronising(id) || this.#actionsOf(id).length > 0;
      if (isOpen) this.#repeat(id, queueId);
      else this.#play(id, synchronisation);
    }
  }

  /**
   * Does what connections ask the user for: enters the code; or signs in, consents or confirms at the bank, after which the
   * connection synchronises again. Returns the ids of these connections.
   *
   * @param connectionId Only for this connection. By default for all.
   * @throws TypeError if there is no such connection.
   */
  answerForUser(connectionId?: string): readonly string[] {
    const ids = connectionId === undefined ? this.#linxo.connections().map(({ id }) => id) : [connectionId];
    return ids.filter((id) => this.#answer(id));
  }

  /** Returns whether there was something to answer. */
  #answer(id: string): boolean {
    const linxo = this.#linxo;
    if (linxo.answerChallenge(id)) return true;
    const open = this.#actionsOf(id);
    // A challenge that was just answered is over in half a second.
    const isAnswered = linxo.isSynchronising(id) && open.every((status) => status === 'CHALLENGE_REQUIRED');
    if (open.length === 0 || isAnswered) return false;
    this.#play(id, { scenario: 'success', speed: this.#starts.get(id)?.speed ?? 1 });
    return true;
  }

  /** What the channels of a connection ask the user for. */
  #actionsOf(id: string): readonly string[] {
    const { channels = [] } = this.#linxo.connection(id) ?? {};
    return channels.map(({ status = '' }) => status).filter((status) => REQUIRED_ACTIONS.includes(status));
  }

  #findOrAdd({ connectionId, name, providerId }: Synchronisation): string {
    const known = connectionId === undefined ? undefined : this.#linxo.connection(connectionId);
    return (known ?? this.#linxo.addConnection(given({ id: connectionId, name, providerId }))).id;
  }

  #play(id: string, synchronisation: Synchronisation): void {
    const { connectionId, name, providerId, scenario, steps, random, seed, trouble, ...options } =
      synchronisation;
    const before = this.#linxo.published.at(-1)?.event;
    if (random) this.#linxo.synchroniseAtRandom(id, given({ seed, trouble, ...options }));
    else this.#linxo.synchronise(id, steps ?? scenario, options);
    this.#starts.set(id, { speed: options.speed ?? 1, before });
  }

  #repeat(id: string, queueId: string | undefined): void {
    const { user_id } = this.#linxo.connection(id) ?? {};
    const queue = this.#linxo.queues().find((one) => one.id === queueId && one.user === user_id);
    if (!queue) return;
    const before = this.#starts.get(id)?.before;
    const events = this.#linxo.published.map(({ event }) => event);
    // If the event is too old to be kept, so are those before it.
    const own = events
      .slice(before ? events.indexOf(before) + 1 : 0)
      .filter(({ resource }) => resource.id === id);
    modelOf(this.#linxo).repeat(queue.id, own);
  }
}
