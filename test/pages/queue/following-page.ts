import { QueuePoller, type QueuePollerOptions, type QueueSnapshot } from '../../../src/index.ts';

// A bank's page that follows the user's queue, and writes down what it hears.

/** What a page may be told in JSON. */
export type FollowOptions = Partial<
  Pick<QueuePollerOptions, 'user' | 'share' | 'queueId' | 'schedule' | 'timeout'>
> & {
  readonly baseUrl?: string;
  readonly accessToken: string;
  /** By this header the server knows which page asked. No header: a header of one's own needs leave across origins. */
  readonly tab?: string;
};

/** What a page has heard until now. */
export interface Heard {
  readonly status: QueueSnapshot['status'];
  readonly queueId: string | undefined;
  /** The ids of the server's events, in order. */
  readonly events: readonly string[];
  /** Their types. */
  readonly types: readonly string[];
  /** The poller's own events: their names, with the reason or the code of those that have one. */
  readonly told: readonly string[];
  /** After its last failure, in how many ms it meant to try again. */
  readonly retryIn: number | undefined;
  readonly connections: object;
}

/** What the page keeps for those who look at it. */
export interface FollowingPage {
  QueuePoller: typeof QueuePoller;
  follow(options: FollowOptions): QueuePoller;
  heard(): Heard;
}

declare global {
  /** Of a page that follows. */
  var poller: QueuePoller;
}

const OWN = ['subscribed', 'resumed', 'gap', 'expired', 'reconciled', 'failure', 'status'] as const;

const events: string[] = [];
const types: string[] = [];
const told: string[] = [];
let retryIn: number | undefined;

Object.assign(globalThis, {
  QueuePoller,

  follow({ tab, baseUrl = '/linxo', ...options }: FollowOptions) {
    const poller = new QueuePoller({ baseUrl, ...(tab && { headers: { 'x-tab': tab } }), ...options });
    poller.on('*', (event) => {
      events.push(event.id);
      types.push(event.event_type);
    });
    for (const type of OWN) poller.on(type, (event) => told.push(tellOf(type, event)));
    poller.on('failure', (event) => {
      retryIn = event.retryIn;
    });
    globalThis.poller = poller;
    return poller;
  },

  heard(): Heard {
    const { status, queueId, connections } = poller.getSnapshot();
    const plain = [...connections].map(([id, { channels, ...rest }]) => {
      return [id, { ...rest, channels: Object.fromEntries(channels) }];
    });
    return { status, queueId, events, types, told, retryIn, connections: Object.fromEntries(plain) };
  },
} satisfies FollowingPage);

function tellOf(type: string, event: object): string {
  if ('reason' in event) return `${type} ${event.reason}`;
  if ('error' in event) return `${type} ${(event.error as { code: string }).code}`;
  if (type === 'status') return `status ${(event as { status: string }).status}`;
  return type;
}
