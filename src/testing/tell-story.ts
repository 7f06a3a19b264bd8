import type { DraftButton, DraftPage, InsightDraft } from './insight-templates.ts';
import type { Story, StoryBlock, StoryButton, StoryDialog, StoryTexts } from './story.ts';
import { actionOf } from './teaser.ts';

const LANGUAGE_TAG = /^[a-z]{2,3}([-_][a-z\d]+)*$/i;

export interface ToldStory {
  readonly story: Story;
  /** The words, which are English whatever the language that is asked for. */
  texts(lang: string): StoryTexts;
}

/** The story of the insight with this number: a dialog for each page, and the button on the last one. */
export function tellStory(number: number, { pages, button }: InsightDraft): ToldStory {
  const told = pages.map((page, index) => tellPage(index + 1, page, index === pages.length - 1 && button));
  const story: Story = {
    storyId: `story-${number}`,
    dialogs: told.map(({ dialog }) => dialog),
    actions: button?.inStory === 'action' ? [actionOf(button)] : [],
  };
  return {
    story,
    texts(lang) {
      // The widget looks for its own language first, and shows a dash for what is not there.
      const languages = LANGUAGE_TAG.test(lang) ? ['en', lang] : ['en'];
      const inEach = (words: Record<string, string>) =>
        Object.fromEntries(languages.map((name) => [name, words]));
      return Object.fromEntries(told.map(({ dialog, words }) => [dialog.id, inEach(words)]));
    },
  };
}

function tellPage(
  number: number,
  { title, text }: DraftPage,
  button: DraftButton | undefined | false,
): { dialog: StoryDialog; words: Record<string, string> } {
  const blocks: StoryBlock[] = [
    { id: 'title', type: 'txt', txt: 'title' },
    { id: 'text', type: 'txt', txt: 'text' },
  ];
  if (button) {
    const options = [optionOf(button)];
    blocks.push({ id: 'buttons', type: 'buttons', buttonType: 'navigateTo', options });
  }
  return {
    dialog: { id: `dialog-${number}`, blocks },
    words: { title, text, ...(button && { button: button.text }) },
  };
}

function optionOf(button: DraftButton): StoryButton {
  const option = { id: button.navigateTarget, type: 'static', txt: 'button', active: true } as const;
  return button.inStory === 'action' ? { ...option, action: actionOf(button).actionId } : option;
}
