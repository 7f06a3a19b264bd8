import type { WidgetFields } from '../deep-extend.ts';

/** An insight of a reply that is drawn as a teaser. */
export interface DrawnInsight extends WidgetFields {
  readonly id?: unknown;
  /** The id of its type. */
  readonly insightId?: unknown;
  readonly text: string;
}

/** The action of a button in a teaser. */
export interface ButtonAction {
  readonly actionId: unknown;
  readonly actionType: string;
  readonly payload: WidgetFields | undefined;
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
 * @throws TypeError for `null`, and if `text` is not a string.
 * @throws Error for an unknown template.
 */
export function checkInsight(insight: DrawnInsight): void {
  if (typeof insight.text !== 'string') {
    throw new TypeError(`Insight ${String(insight.id)}: text is not a string`);
  }
  const { teaserTemplate, teaserBlocks } = insight;
  if (teaserTemplate && teaserBlocks && !TEMPLATES.has(teaserTemplate)) {
    throw new Error(`Insight ${String(insight.id)}: unknown template ${String(teaserTemplate)}`);
  }
}

/** The action of the button with this id, if the button exists and is enabled. */
export function buttonOf(insight: DrawnInsight, id: string): ButtonAction | undefined {
  const blocks = (insight['teaserBlocks'] ?? []) as { type?: unknown; options?: WidgetFields[] }[];
  const options = blocks.filter(({ type }) => type === 'buttons').flatMap((block) => block.options ?? []);
  const button = options.find((option) => option['id'] === id && option['active'] === true);
  const actions = (insight['actions'] ?? []) as ButtonAction[];
  return button && actions.find(({ actionId }) => String(actionId) === String(button['action']));
}
