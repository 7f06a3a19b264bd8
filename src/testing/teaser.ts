import type { Insight, InsightAction, TeaserBlock } from './insight.ts';
import type { DraftButton, InsightDraft } from './insight-templates.ts';

export type Teaser = Pick<Insight, 'teaserTemplate' | 'teaserBlocks' | 'actions'>;

/** What an insight looks like in the inbox and the carousel. */
export function teaserOf({ title, text, button }: InsightDraft, date: string): Teaser {
  const blocks: TeaserBlock[] = [
    { blockId: 'date', type: 'date-box', date },
    { blockId: 'title', type: 'text', text: title },
    { blockId: 'teaser-text', type: 'text', text },
  ];
  if (!button) return { teaserTemplate: 'simpleText', teaserBlocks: blocks, actions: [] };
  const action = actionOf(button);
  const { actionId } = action;
  const option = { id: `button-${actionId}`, text: button.text, active: true, action: actionId } as const;
  return {
    teaserTemplate: 'simpleText',
    teaserBlocks: [...blocks, { blockId: 'buttons', type: 'buttons', options: [option] }],
    actions: [action],
  };
}

export function actionOf({ navigateTarget }: DraftButton): InsightAction {
  return {
    actionId: `go-to-${navigateTarget}`,
    actionType: 'externalNavigation',
    payload: { navigateTarget },
  };
}
