import type { Fields } from '../request-proxy.ts';

/** An insight of a reply, as its teaser is drawn. */
export interface Insight extends Fields {
  readonly id?: unknown;
  /** The id of its type. */
  readonly insightId?: unknown;
  readonly text: string;
}

/** What a button of a teaser does. */
export interface ButtonAction {
  readonly actionId: unknown;
  readonly actionType: string;
  readonly payload: Fields | undefined;
}

const TEMPLATES: ReadonlySet<unknown> = new Set([
  'simpleText',
  'image',
  'imageAndBox',
  'imageAndText',
  'doubleBox',
  'doubleBox2',
  'doubleBoxWithIcons',
  'entitySelector',
  'horizontalBar',
  'horizontalBarAndBox',
  'verticalBar',
  'verticalBarAndBox',
  'lineChart',
  'pie',
  'pinChart',
  'textAndButton',
  'transactionFeedback',
  'txList',
  'Calendar',
]);

/**
 * @throws TypeError for a `null`, and without a `text` that is a string.
 * @throws Error for an unknown template.
 */
export function checkInsight(insight: Insight): void {
  if (typeof insight.text !== 'string') {
    throw new TypeError(`Insight ${String(insight.id)}: text is no string`);
  }
  const { teaserTemplate, teaserBlocks } = insight;
  if (teaserTemplate && teaserBlocks && !TEMPLATES.has(teaserTemplate)) {
    throw new Error(`Insight ${String(insight.id)}: no template ${String(teaserTemplate)}`);
  }
}

/** The action of the button with this id, if the teaser has one that is active. */
export function buttonOf(insight: Insight, id: string): ButtonAction | undefined {
  const blocks = (insight['teaserBlocks'] ?? []) as { type?: unknown; options?: Fields[] }[];
  const options = blocks.filter(({ type }) => type === 'buttons').flatMap((block) => block.options ?? []);
  const button = options.find((option) => option['id'] === id && option['active'] === true);
  const actions = (insight['actions'] ?? []) as ButtonAction[];
  return button && actions.find(({ actionId }) => String(actionId) === String(button['action']));
}
