import type { DisposableTransport, ServerName, Transport, Widget } from '../../../src/index.ts';

/** What not every channel can do. */
export type Ability =
  /** Its other side learns that a request has ended otherwise. */
  | 'hear of the end'
  /** It holds something open, and has `dispose`. */
  | 'be disposed'
  /** Its other side can give two answers to one request. */
  | 'answer twice'
  /** Its other side can refuse a request with a status. */
  | 'refuse'
  /** It can break off so that the transport learns of it. */
  | 'break off'
  /** It carries the headers that a widget asks for. */
  | 'carry headers'
  /** It carries session events and navigation. */
  | 'carry notices'
  /** It carries a string with half a surrogate pair in it as it is. In JSON made of an object, it is escaped. */
  | 'carry half characters';

/** One request that has reached the other side, which the test ends as it likes. */
export interface Arrival {
  readonly server: ServerName;
  /** A string, or an object where the channel carries objects. */
  readonly body: unknown;
  /** Names in lower case. Empty where the channel carries none. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the other side knows that nobody waits for its answer any more. */
  readonly gone: boolean;
  /** Answers, in the form that the other side of this channel uses. Again, if the test calls it again. */
  answer(reply: object): void;
  /** Refuses with a status such as 500, and with an error reply (`ok: false`) if there is one. */
  refuse?(status: number, errorReply?: object): void;
  /** Breaks the channel, or the connection that this request has come over. */
  breakOff?(): void;
}

/** A transport, and the other side of its channel in the test's hand. */
export interface Channel {
  readonly transport: Transport | DisposableTransport;
  /** What has arrived, in order. Nothing is answered but by the test. */
  readonly arrivals: readonly Arrival[];
  /** What has arrived that wants no answer. */
  readonly notices?: readonly (readonly [name: string, data: unknown])[];
  /** Gets each widget that is wired to this channel: for other sides that answer by a function of the widget's. */
  meet?(widget: Widget): void;
  /** Ends the other side, when the test is over. A transport with `dispose` is disposed before. */
  close?(): void;
}

/**
 * How the contract is put to one transport: a name, how to make it with its other side, and what its channel is not able to
 * do, with the reason. The tests that need such an ability are then not declared.
 *
 * 1. `connect` is called in each test, when time stands still already: `setTimeout`, `performance` and `Date` are
 *    fake, the turns of the event loop and messages are real.
 * 2. The driver may use any number of turns of the event loop, but no time.
 * 3. Once the transport is disposed and the channel closed there must be no timer left, of either side.
 */
export interface Driver {
  readonly name: string;
  readonly cannot?: Partial<Record<Ability, string>>;
  connect(): Channel | Promise<Channel>;
}
