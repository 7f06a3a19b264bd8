/** What a service worker has, as far as this one uses it. The types of workers and of pages do not go together. */
export interface WorkerScope {
  readonly clients: {
    claim(): Promise<void>;
    get(id: string): Promise<WorkerClient | undefined>;
  };
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
  addEventListener<Type extends keyof WorkerEvents>(
    type: Type,
    listener: (event: WorkerEvents[Type]) => void,
  ): void;
}

/** A page. */
export interface WorkerClient {
  readonly id: string;
  postMessage(message: unknown): void;
}

interface WorkerEvents {
  readonly install: LongEvent;
  readonly activate: LongEvent;
  readonly fetch: FetchOfPage;
  readonly message: MessageOfPage;
}

interface LongEvent {
  /** The worker is not ended before this settles. */
  waitUntil(work: Promise<unknown>): void;
}

interface FetchOfPage extends LongEvent {
  readonly clientId: string;
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

export interface MessageOfPage extends LongEvent {
  readonly data: unknown;
  readonly source: WorkerClient;
  readonly ports: readonly MessagePort[];
}
