import { attempt } from '../check.ts';
import { eventTime } from '../memory/event-time.ts';
import { stringify } from '../text/stringify.ts';
import { FileSize } from './lines.ts';
import { QueueRecorder } from './queue-recorder.ts';
import type { RecordedBridge, RecordedPoller, RecordOptions } from './recorder.ts';
import { FORMAT, type RecordedQueue, type RecordedRequest, type Recording, VERSION } from './recording.ts';
import { Redactor } from './redactor.ts';
import { RequestRecorder } from './request-recorder.ts';

/** A recording that goes on until `stop`, or until the file is full. */
export class RunningRecording {
  readonly #beginning: number = eventTime();
  readonly #size: FileSize;
  /** Holds the originals. Dropped at the end. */
  #redactor: Redactor | undefined;
  #requests: RequestRecorder | undefined;
  #queue: QueueRecorder | undefined;
  #stops: (() => void)[] = [];
  /** Set at the end. */
  #result: Recording | undefined;

  constructor(allow: RecordOptions['allow'], maxBytes: number) {
    this.#size = new FileSize(maxBytes);
    this.#redactor = new Redactor(allow, Math.floor(Date.now() / 1000));
  }

  get bytes(): number {
    return this.#size.bytes;
  }

  followBridge(bridge: RecordedBridge): void {
    const requests = new RequestRecorder(this.#redactor as Redactor, this.#now, this.#size);
    this.#requests = requests;
    this.#stops.push(
      bridge.on('request', this.#safely(requests.request)),
      bridge.on('attempt', this.#safely(requests.attempt)),
      bridge.on('reply', this.#safely(requests.reply)),
      bridge.on('failure', this.#safely(requests.failure)),
      bridge.on('orphan', this.#safely(requests.orphan)),
    );
  }

  followPoller(poller: RecordedPoller): void {
    const queue = new QueueRecorder(poller, this.#redactor as Redactor, this.#now, this.#size);
    this.#queue = queue;
    this.#stops.push(
      poller.on('subscribed', this.#safely(queue.subscribed)),
      poller.on('resumed', this.#safely(queue.resumed)),
      poller.on('expired', this.#safely(queue.expired)),
      poller.on('poll', this.#safely(queue.poll)),
      poller.on('*', this.#safely(queue.event)),
      poller.on('gap', this.#safely(queue.gap)),
      poller.on('reconciled', this.#safely(queue.reconciled)),
      poller.on('failure', this.#safely(queue.failure)),
    );
  }

  copy(): Recording {
    return JSON.parse(stringify(this.#result ?? this.#read())) as Recording;
  }

  stop(): void {
    for (const stop of this.#stops) attempt(stop);
    this.#stops = [];
    this.#result ??= this.#read();
    this.#redactor = undefined;
    this.#requests = undefined;
    this.#queue = undefined;
  }

  readonly #now = (): number => Math.round(eventTime() - this.#beginning);

  #read(): Recording {
    const requests: RecordedRequest[] = this.#requests?.requests() ?? [];
    const queue: RecordedQueue | undefined = this.#queue?.queue();
    const isCut = this.#size.isFull;
    const head = { format: FORMAT, version: VERSION, duration: this.#now(), isCut } as const;
    return { ...head, requests, ...(queue && { queue }) };
  }

  /** What a handler throws would reach the page's reports of errors, with its message. */
  #safely<Event>(handler: (event: Event) => void): (event: Event) => void {
    return (event) => {
      attempt(() => handler(event));
      if (this.#size.isFull) this.stop();
    };
  }
}
