import type { ChannelKind } from '../../index.ts';
import type { LinxoChannel } from './wire.ts';

/** A channel with the id of its definition. */
export interface DefinedChannel {
  readonly kind: ChannelKind;
  readonly id: string;
}

/** In seconds. */
const CONSENT_LIFETIME = 180 * 86_400;

const ACCOUNT_TYPES: Readonly<Record<ChannelKind, readonly string[]>> = {
  REDIRECT: ['CHECKINGS', 'SAVINGS'],
  EMBEDDED: ['CHECKINGS', 'SAVINGS', 'LOAN', 'CREDIT_CARD'],
};

/** Where a change comes from: from a step of the running script, or from a call of its own. */
export type ChangeOrigin = 'script' | 'call';

/** The statuses of a channel that has not ended. */
const OPEN = ['RUNNING', 'CHALLENGE_REQUIRED'];

/** A channel of a connection: its status and its dates. */
export class Channel {
  readonly kind: ChannelKind;
  readonly id: string;
  /** A channel without accounts is `EMPTY`, and so is a new one: no other of the known statuses fits it. */
  #status = 'EMPTY';
  /** The status before a request, as long as no step has changed it. */
  #before: string | undefined;
  /** The last status that was not open. */
  #ended = this.#status;
  /** Whether a step of the running script has opened it. */
  #isOpenByScript = false;
  #expires: number | undefined;
  #lastSuccess: number | undefined;
  #lastEnd: number | undefined;

  /** @param created In unix seconds. */
  constructor({ kind, id }: DefinedChannel, created: number) {
    this.kind = kind;
    this.id = id;
    if (kind === 'REDIRECT') this.#expires = created + CONSENT_LIFETIME;
  }

  get status(): string {
    return this.#status;
  }

  /** A synchronisation is requested. */
  begin(): void {
    this.#before ??= this.#status;
    this.#status = 'RUNNING';
  }

  /** The synchronisation is over. If no step has changed the status, it is the one before. */
  settle(): void {
    this.#status = this.#before ?? this.#status;
    this.#before = undefined;
    this.#isOpenByScript = false;
  }

  /** The script is replaced before its end. What it has opened would stay open for ever. */
  stop(): void {
    if (this.#isOpenByScript) this.#status = this.#ended;
    this.settle();
  }

  /** @param seconds The time, in unix seconds. */
  change(status: string, seconds: number, origin: ChangeOrigin): void {
    const isOpen = OPEN.includes(status);
    this.#before = undefined;
    this.#status = status;
    this.#isOpenByScript = isOpen && origin === 'script';
    if (isOpen) return;
    this.#ended = status;
    const isSuccess = status === 'SUCCESS' || status === 'PARTIAL_SUCCESS';
    this.#lastEnd = seconds;
    if (isSuccess) this.#lastSuccess = seconds;
    if (status === 'EMPTY') this.#forgetEnds();
    if (this.#expires === undefined) return;
    if (status === 'TOKEN_EXPIRED') this.#expires = seconds;
    // A success after the end of a consent means that the user has renewed it.
    if (isSuccess && this.#expires <= seconds) this.#expires = seconds + CONSENT_LIFETIME;
  }

  #forgetEnds(): void {
    this.#lastSuccess = undefined;
    this.#lastEnd = undefined;
  }

  /** As in an event. An `EMPTY` channel has no dates, not even that of its consent. */
  snapshot(): LinxoChannel {
    const [expires, lastSuccess, lastEnd] = [this.#expires, this.#lastSuccess, this.#lastEnd];
    const isEmpty = this.#status === 'EMPTY';
    return {
      channel_definition_id: this.id,
      status: this.#status,
      ...(expires !== undefined && !isEmpty && { expires }),
      ...(lastSuccess !== undefined && { last_success_date: lastSuccess }),
      ...(lastEnd !== undefined && { last_end_date: lastEnd }),
    };
  }

  /** As in an answer about the connection. */
  details(): LinxoChannel {
    return {
      ...this.snapshot(),
      mode: this.kind,
      credentials: [],
      account_types: ACCOUNT_TYPES[this.kind],
      eligible_accounts: this.#status !== 'EMPTY',
      channel_definition_unavailable: false,
    };
  }
}
