import {
  followLinxoWidget,
  QueuePoller,
  type QueuePollerOptions,
  type QueueSnapshot,
} from '../../../src/index.ts';

// A bank's page that follows the user's queue, and records the events.

/** The options of the page that fit into JSON. */
export type FollowOptions = Partial<
  Pick<QueuePollerOptions, 'user' | 'share' | 'queueId' | 'schedule' | 'timeout'>
> & {
  readonly baseUrl?: string;
  readonly accessToken: string;
  /** The header that names the page to the server. None across origins, where a custom header needs a preflight. */
  readonly tab?: string;
};

/** The events of a page so far. */
export interface Recorded {
  readonly status: QueueSnapshot['status'];
  readonly queueId: string | undefined;
  /** The ids of the server's events, in order. */
  readonly events: readonly string[];
  /** Their types. */
  readonly types: readonly string[];
  /** The poller's own events: their names, with the reason or the code of those that have one. */
  readonly pollerEvents: readonly string[];
  /** The delay of the retry after its last failure, in ms. */
  readonly retryIn: number | undefined;
  readonly connections: object;
}

/** What the page keeps for the test. */
export interface FollowingPage {
  QueuePoller: typeof QueuePoller;
  followLinxoWidget: typeof followLinxoWidget;
  follow(options: FollowOptions): QueuePoller;
  recorded(): Recorded;
}

declare global {
  /** The functions of a following page. */
  var poller: QueuePoller;
}

const OWN = ['subscribed', 'resumed', 'gap', 'expired', 'reconciled', 'failure', 'status'] as const;

const events: string[] = [];
const types: string[] = [];
const pollerEvents: string[] = [];
let retryIn: number | undefined;

Object.assign(globalThis, {
  QueuePoller,
  followLinxoWidget,

  follow({ tab, baseUrl = '/linxo', ...options }: FollowOptions) {
    const poller = new QueuePoller({ baseUrl, ...(tab && { headers: { 'x-tab': tab } }), ...options });
    poller.on('*', (event) => {
      events.push(event.id);
      types.push(event.event_type);
    });
    for (const type of OWN) poller.on(type, (event) => pollerEvents.push(describe(type, event)));
    poller.on('failure', (event) => {
      retryIn = event.retryIn;
    });
    globalThis.poller = poller;
    return poller;
  },

  recorded(): Recorded {
    const { status, queueId, connections } = poller.getSnapshot();
    const plain = [...connections].map(([id, { channels, ...rest }]) => {
      return [id, { ...rest, channels: Object.fromEntries(channels) }];
    });
    return { status, queueId, events, types, pollerEvents, retryIn, connections: Object.fromEntries(plain) };
  },
} satisfies FollowingPage);

function describe(type: string, event: object): string {
  if ('reason' in event) return `${type} ${event.reason}`;
  if ('error' in event) return `${type} ${(event.error as { code: string }).code}`;
  if (type === 'status') return `status ${(event as { status: string }).status}`;
  return type;
}
