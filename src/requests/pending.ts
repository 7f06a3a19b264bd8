import type { AnyBanksideError, BanksideError, ServerName } from '../errors.ts';
import { requestError } from '../http/request-error.ts';
import { RecentIds } from '../text/recent-ids.ts';
import { idText, isTooLong } from '../text/request-id.ts';
import { createAlarm } from '../time.ts';
import type { PendingRequest } from './pending-request.ts';

/** How many answered ids are remembered, to distinguish a late reply from a reply to no request. */
const REMEMBERED = 1_000;

/** If a timer is late by this much, in ms, the page stood still. */
const STANDSTILL = 20;

/** After a standstill, replies that arrived meanwhile have this long to be delivered, in ms. */
const CATCH_UP = 1_000;

/** What a bridge is doing, for UI stores. The same object until something changes. */
export interface BridgeSnapshot {
  /** The requests that wait for their answer, oldest first. */
  readonly pending: readonly {
    /** As the widget gave it. */
    readonly requestId: string | number;
    /** Which server it is for. */
    readonly server: ServerName;
    /** The command or Open Banking function, when the body names one. */
    readonly type: string | undefined;
    /** When it was made, in ms since the epoch. */
    readonly startedAt: number;
  }[];
  /** Whether the bridge has ended. */
  readonly disposed: boolean;
}

/** The pending requests of one widget, their timeouts, and the ids that were answered last. */
export class PendingRequests {
  /** In the order of their calls. */
  readonly #all = new Set<PendingRequest>();
  /** The newest of each id, since a widget may use an id twice. */
  readonly #newest = new Map<string, PendingRequest>();
  /** One timer for all. Deadlines are absolute, so that a throttled or frozen page does not extend them. */
  readonly #alarm = createAlarm((time, late) => this.#endOverdue(time, late));
  readonly #answered = new RecentIds(REMEMBERED);
  readonly #onTimeout: (pending: PendingRequest, error: BanksideError<'TIMEOUT'>) => void;
  /** How many calls wait for an answer, also those that joined the request of another call. */
  #waiting = 0;

  constructor(onTimeout: (pending: PendingRequest, error: BanksideError<'TIMEOUT'>) => void) {
    this.#onTimeout = onTimeout;
  }

  has(pending: PendingRequest): boolean {
    return this.#all.has(pending);
  }

  newestOf(id: string): PendingRequest | undefined {
    return this.#newest.get(id);
  }

  /** A copy, so that requests may end while the caller iterates. */
  all(): PendingRequest[] {
    return [...this.#all];
  }

  snapshot(disposed: boolean): BridgeSnapshot {
    const pending = this.all().map(({ request: { requestId, server, type }, startedAt }) => {
      return { requestId, server, type, startedAt };
    });
    return { pending, disposed };
  }

  /**
   * Why a request is refused, or `undefined`: too many calls wait, or the newest request with its id sends the same.
   * Waiters that get no reply by that request yet then join it. They count like calls that make a request.
   */
  admit(pending: PendingRequest, maxPending: number): AnyBanksideError | undefined {
    const first = this.newestOf(pending.id);
    const hasRoom = this.#waiting < maxPending;
    if (first?.equals(pending)) {
      pending.yieldReplyTo(first);
      const { isAwaited } = pending;
      if (hasRoom || !isAwaited) {
        if (isAwaited) this.#join(first, pending);
        else pending.waiters.length = 0;
        return requestError('DUPLICATE_REQUEST', 'Its id is pending already', pending);
      }
    } else if (first) this.#supersedeOlder(pending);
    if (hasRoom) return undefined;
    const message = `${maxPending} calls wait for an answer already`;
    return requestError('OVERLOADED', message, pending, { maxPending });
  }

  add(pending: PendingRequest): void {
    this.#all.add(pending);
    this.#newest.set(pending.id, pending);
    this.#waiting += pending.waiters.length;
    this.#alarm.add(pending.deadline);
  }

  /** Returns whether it was pending. Its timer is released by {@link PendingRequests.releaseTimer}. */
  remove(pending: PendingRequest): boolean {
    if (!this.#all.delete(pending)) return false;
    const { id, hasOlder, waiters } = pending;
    this.#waiting -= waiters.length;
    this.#answered.add(id);
    if (this.#newest.get(id) !== pending) return true;
    const older =
      hasOlder &&
      this.all()
        .reverse()
        .find((other) => other.id === id);
    if (older) this.#newest.set(id, older);
    else this.#newest.delete(id);
    return true;
  }

  /**
   * Is called after the outcome was reported: the widget often sends its next request then, which keeps the timer. In
   * Chromium a new timer costs as much as the rest of a request.
   */
  releaseTimer({ deadline }: PendingRequest): void {
    this.#alarm.remove(deadline);
  }

  /** Whether a request with this id has recently ended. */
  wasAnswered(requestId: unknown): boolean {
    return !isTooLong(requestId) && this.#answered.has(idText(requestId));
  }

  forgetAnswered(): void {
    this.#answered.clear();
  }

  /** The waiters of a duplicate wait for the first request. */
  #join(first: PendingRequest, duplicate: PendingRequest): void {
    this.#waiting += duplicate.waiters.length;
    first.waiters.push(...duplicate.waiters.splice(0));
  }

  /** From now on, the reply to the newer request is the only one that the widget gets under its id. */
  #supersedeOlder(newer: PendingRequest): void {
    newer.hasOlder = true;
    for (const older of this.#all) if (older.id === newer.id) older.yieldReplyTo(newer);
  }

  #endOverdue(time: number, late: number): void {
    for (const pending of this.all()) {
      if (isOverdue(pending, time, late)) this.#onTimeout(pending, timeoutError(pending));
      else if (this.has(pending)) this.#alarm.setFor(pending.deadline); // callbacks may have ended it
    }
  }
}

/**
 * Whether the time of a request is over. If the page stood still at the deadline, the deadline moves once: replies that
 * arrived meanwhile are delivered first.
 *
 * @param late How late the timer is, in ms.
 */
function isOverdue(pending: PendingRequest, time: number, late: number): boolean {
  if (pending.deadline > time) return false;
  if (late < STANDSTILL || pending.stoodStill !== undefined) return true;
  pending.stoodStill = Math.round(late);
  pending.deadline = time + CATCH_UP;
  return false;
}

function timeoutError(pending: PendingRequest): BanksideError<'TIMEOUT'> {
  const { timeout, stoodStill } = pending;
  const still = stoodStill === undefined ? '' : `; the page stood still for ${stoodStill} ms of it`;
  return requestError('TIMEOUT', `No answer in ${timeout} ms${still}`, pending, { timeout, stoodStill });
}
