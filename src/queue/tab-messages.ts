import * as z from 'zod/mini';
import { attempt } from '../attempt.ts';
import { canBeAsked } from './can-be-asked.ts';
import { connectionSchema, queueEventSchema } from './events.ts';
import type { Finding } from './finding.ts';
import type { SharedState } from './journal.ts';

/** What tabs say to each other. */
export type TabMessage =
  | { readonly kind: 'finding'; readonly finding: Finding }
  /**
   * A tab asks the one that polls to do so now; one that has come, or come back, and knows nothing yet greets
   * it; or asks whether it can still be reached. `isClose`: something is expected there, and so by all.
   */
  | { readonly kind: 'ask' | 'hello' | 'ping'; readonly isClose: boolean }
  /** What those who have greeted are told; `isFirst`: by one that polls from now on. */
  | { readonly kind: 'state'; readonly state: SharedState; readonly isFirst: boolean }
  /** The tab that polled has left in order: nothing is lost. */
  | { readonly kind: 'bye' }
  /** It can be reached. */
  | { readonly kind: 'pong'; readonly isHidden: boolean };

const askable = z.string().check(z.refine(canBeAsked));
/** A date may be an infinite one: never. */
const number = z.custom<number>((value) => typeof value === 'number' && !Number.isNaN(value));

const finding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), queueId: askable, isNew: z.boolean() }),
  z.object({ kind: z.literal('expired'), queueId: z.string() }),
  z.object({
    kind: z.literal('poll'),
    queueId: askable,
    events: z.array(queueEventSchema),
    at: number,
    isSure: z.boolean(),
    duration: number,
  }),
  z.object({ kind: z.literal('gap'), reason: z.string(), since: number }),
  z.object({ kind: z.literal('track'), connectionId: askable }),
  z.object({
    kind: z.literal('reading'),
    connectionId: askable,
    connection: z.optional(connectionSchema),
    from: number,
    to: number,
  }),
  z.object({ kind: z.literal('reconciled'), connectionIds: z.array(z.string()) }),
]);

const connectionState = z.looseObject({
  id: z.string(),
  status: z.string(),
  syncing: z.boolean(),
  updatedAt: number,
  channels: z.map(z.string(), z.looseObject({ id: z.string(), status: z.string() })),
});

const state = z.object({
  queueId: z.optional(askable),
  isProven: z.boolean(),
  soundAt: number,
  lastEvent: z.optional(z.string()),
  askedAgo: number,
  connections: z.array(
    z.looseObject({
      id: askable,
      state: z.optional(connectionState),
      isDoubtful: z.boolean(),
      from: number,
      to: number,
    }),
  ),
});

const tabMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('finding'), finding }),
  z.object({ kind: z.enum(['ask', 'hello', 'ping']), isClose: z.boolean() }),
  z.object({ kind: z.literal('state'), state, isFirst: z.boolean() }),
  z.object({ kind: z.literal('bye') }),
  z.object({ kind: z.literal('pong'), isHidden: z.boolean() }),
]);

/**
 * What another tab said, if this one understands it. Whatever runs on the page's origin can speak on the channel: an
 * older page, too, that is still open in another tab.
 */
export function readTabMessage(data: unknown): TabMessage | undefined {
  // zod throws where a script has added to Object.prototype, or where there is too much that does not fit.
  const read = attempt(() => z.safeParse(tabMessage, data).data);
  // A copy of a state would have its fields in another order, and tabs are to agree in all that can be seen.
  return (read?.kind === 'state' ? data : read) as TabMessage | undefined;
}
