import { isObject } from '../check.ts';
import type { ChannelKind, ConnectionState, GapReason, PollerEvents, QueueEvent } from '../index.ts';
import { errorFields } from '../memory/error-fields.ts';
import { optionalNumber } from '../memory/plain-fields.ts';
import { isHttpStatus } from './known-values.ts';
import { type FileSize, Lines } from './lines.ts';
import type { RecordedPoller } from './recorder.ts';
import type { QueueStep, RecordedConnection, RecordedQueue } from './recording.ts';
import type { Redactor } from './redactor.ts';

const GAP_REASONS: readonly GapReason[] = ['network', 'expired', 'woken', 'truncated', 'overflow', 'aborted'];
const CHANNEL_KINDS: readonly ChannelKind[] = ['EMBEDDED', 'REDIRECT'];
const FAILED_REQUESTS = ['subscribe', 'poll', 'connection'] as const;

/** Records what a poller learns. */
export class QueueRecorder {
  readonly #poller: RecordedPoller;
  readonly #redactor: Redactor;
  readonly #now: () => number;
  readonly #connections: Lines<RecordedConnection>;
  readonly #steps: Lines<QueueStep>;

  /** @param now The time since the beginning, in ms. */
  constructor(poller: RecordedPoller, redactor: Redactor, now: () => number, size: FileSize) {
    this.#poller = poller;
    this.#redactor = redactor;
    this.#now = now;
    this.#connections = new Lines(size);
    this.#steps = new Lines(size);
    for (const state of poller.getSnapshot().connections.values()) {
      const connection = this.#connectionOf(state);
      if (connection) this.#connections.add(connection);
    }
  }

  queue(): RecordedQueue {
    return { connections: this.#connections.values(), steps: this.#steps.values() };
  }

  readonly subscribed = (): void => this.#add({ at: this.#now(), kind: 'subscribed' });

  readonly resumed = (): void => this.#add({ at: this.#now(), kind: 'resumed' });

  readonly expired = (): void => this.#add({ at: this.#now(), kind: 'expired' });

  readonly poll = ({ events, duration }: PollerEvents['poll']): void => {
    const ms = Math.round(optionalNumber(duration) ?? 0);
    this.#add({ at: this.#now(), kind: 'poll', events: optionalNumber(events) ?? 0, duration: ms });
  };

  readonly event = (given: QueueEvent): void => {
    const event = this.#redactor.readQueue(given);
    if (isObject(event)) this.#add({ at: this.#now(), kind: 'event', event });
  };

  readonly gap = ({ reason }: PollerEvents['gap']): void => {
    const known = GAP_REASONS.find((one) => one === reason);
    if (known) this.#add({ at: this.#now(), kind: 'gap', reason: known });
  };

  readonly reconciled = ({ connectionIds }: PollerEvents['reconciled']): void => {
    const { connections } = this.#poller.getSnapshot();
    for (const id of connectionIds) {
      const state = connections.get(id);
      const connection = state && this.#connectionOf(state);
      if (connection) this.#add({ at: this.#now(), kind: 'connection', connection });
    }
  };

  readonly failure = ({ error, retryIn }: PollerEvents['failure']): void => {
    const { code, status, type } = errorFields(error);
    const at = this.#now();
    // An answer that cannot be read as a whole is tried again.
    const isMalformedEvent = type === 'poll' && code === 'INVALID_RESPONSE' && retryIn === undefined;
    const failed = FAILED_REQUESTS.find((one) => one === type) ?? 'poll';
    const failure = { kind: 'failure', type: failed, code, ...(isHttpStatus(status) && { status }) } as const;
    this.#add(isMalformedEvent ? { at, kind: 'malformed' } : { at, ...failure });
  };

  #add(step: QueueStep): void {
    this.#steps.add(step);
  }

  /** In the fields of the server. */
  #connectionOf({ id, providerId, name, status, channels }: ConnectionState): RecordedConnection | undefined {
    const connection = this.#redactor.readQueue({
      id,
      provider_id: providerId,
      name,
      status,
      channels: [...channels.values()].map((channel) => ({
        channel_definition_id: channel.id,
        status: channel.status,
        mode: CHANNEL_KINDS.find((one) => one === channel.kind),
        expires: optionalNumber(channel.expiresAt),
        last_success_date: optionalNumber(channel.lastSuccessAt),
        last_end_date: optionalNumber(channel.lastEndAt),
      })),
    });
    return isObject(connection) ? (connection as unknown as RecordedConnection) : undefined;
  }
}
