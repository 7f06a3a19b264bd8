/** One answer that the widget got. */
export interface TestReply {
  /** What came. */
  readonly response: unknown;
  /** The id, as it came: of callbacks, the id of the request that they were given with. */
  readonly requestId: unknown;
  /** By which of the widget's functions. */
  readonly through: 'handlePServerResponse' | 'handleServerResponse' | 'onSuccess' | 'onError' | 'callback';
  /** Whether it came before the delegate's function had returned. */
  readonly isWithinCall: boolean;
}

/** How a test widget asks. */
export interface TestAskOptions {
  /**
   * Default: a new one; build 21.5 makes it of the command's type and the millisecond. Shape c makes a string of
   * it; e and f send no id.
   */
  readonly requestId?: string | number;
  /** For the shapes that have some: a and d. Default: `null`. Build 21.5 takes none for a single request. */
  readonly headers?: Readonly<Record<string, string>>;
}
