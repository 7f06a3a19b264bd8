import type { ChannelKind, Fault, Push, ScenarioName } from 'bankside/testing';

/** How a page wants its sandbox. */
export interface SandboxWish {
  readonly faults: readonly Fault[];
  readonly seed: number;
  /** The text of a recording to play, instead of the sandbox's own data. */
  readonly replay?: string | undefined;
}

/** How a synchronisation goes. */
export interface Play {
  readonly scenario: ScenarioName | 'random';
  readonly speed: number;
  readonly seed: number;
}

/** What a page can ask of its sandbox, besides requests to its servers: name, argument, result. */
export interface Commands {
  /** Creates a bank connection that does nothing yet. */
  link: { readonly given: Institution; readonly result: LinkedConnection };
  /** Starts a synchronisation of a connection. */
  synchronise: { readonly given: { readonly connectionId: string } & Play; readonly result: undefined };
  /** Enters the code that the bank has sent. `false`: nothing was asked. */
  answerChallenge: { readonly given: string; readonly result: boolean };
  /** Keeps a script that an app runs in its page, and gives its address. */
  keepScript: { readonly given: string; readonly result: string };
  /** What a recording has asked. */
  recorded: { readonly given: undefined; readonly result: RecordedPlay };
}

export interface Institution {
  readonly id: string;
  readonly name: string;
}

interface LinkedConnection {
  readonly connectionId: string;
  /** The kinds of its channels, by their ids. */
  readonly kinds: Readonly<Record<string, ChannelKind | undefined>>;
}

/** What of a recording is played in the page. */
export interface RecordedPlay {
  readonly requests: readonly RecordedAsk[];
  /** Whether a poller was recorded. */
  readonly hasQueue: boolean;
}

export interface RecordedAsk {
  /** When it was asked, in ms since the beginning. */
  readonly at: number;
  readonly server: 'pserver' | 'enrich' | 'ob';
  readonly body: unknown;
}

export type CommandName = keyof Commands;

/** What a page sends to the worker. The worker answers on the port that comes with it. */
export type MessageToWorker =
  | { readonly kind: 'open'; readonly wish: SandboxWish }
  | { readonly kind: 'check'; readonly wish: SandboxWish }
  | { readonly kind: 'run'; readonly name: CommandName; readonly given: unknown }
  | { readonly kind: 'stay' };

/** What the worker sends to a page. `reopen`: it does not know the page's sandbox (any more). */
export type MessageToPage = { readonly kind: 'pushed'; readonly push: Push } | { readonly kind: 'reopen' };

/** The answer on the port. */
export type Answer = { readonly result: unknown } | { readonly refusal: string };
