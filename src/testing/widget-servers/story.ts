import type { InsightAction } from './insight.ts';
import type { DraftButton, DraftPage, InsightDraft } from './insight-templates.ts';

/** The story of an insight, without its texts. */
export interface Story {
  /** Its id. */
  readonly storyId: string;
  /** Its pages, in order. */
  readonly dialogs: readonly StoryDialog[];
  /** The actions of its buttons. */
  readonly actions: readonly InsightAction[];
}

/** One page of a story. */
export interface StoryDialog {
  /** Its id, which is also the key of its texts. */
  readonly id: string;
  /** Its parts, from top to bottom. */
  readonly blocks: readonly StoryBlock[];
}

/** A part of a page: words, or buttons for navigation. It has the keys of its words, which are in `text`. */
export type StoryBlock =
  | {
      /** Its id. */
      readonly id: string;
      /** Its type. */
      readonly type: 'txt';
      /** The key of its text. */
      readonly txt: string;
    }
  | {
      /** Its id. */
      readonly id: string;
      /** Its type. */
      readonly type: 'buttons';
      /** The kind of its buttons. */
      readonly buttonType: 'navigateTo';
      /** The buttons. */
      readonly options: readonly StoryButton[];
    };

/** A button of a story. */
export interface StoryButton {
  /** The target of the navigation. */
  readonly id: string;
  /** The label is a key, not an expression. */
  readonly type: 'static';
  /** The key of its label. */
  readonly txt: string;
  /** It is enabled. */
  readonly active: true;
  /** The `actionId` of its action. Without an action, it navigates to its id. */
  readonly action?: string;
}

/** The texts of a story, by page, language and key. */
export type StoryTexts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

const LANGUAGE_TAG = /^[a-z]{2,3}([-_][a-z\d]+)*$/i;

export interface StoryWithTexts {
  readonly story: Story;
  /** The texts. They are English in every language. */
  texts(lang: string): StoryTexts;
}

/** Creates the story of an insight: a dialog for each page, and the button on the last one. */
export function createStory(number: number, { pages, button }: InsightDraft): StoryWithTexts {
  const created = pages.map((page, index) =>
    createPage(index + 1, page, index === pages.length - 1 && button),
  );
  const story: Story = {
    storyId: `story-${number}`,
    dialogs: created.map(({ dialog }) => dialog),
    actions: button?.inStory === 'action' ? [navigationOf(button)] : [],
  };
  return {
    story,
    texts(lang) {
      // The widget looks for its own language first, and shows a dash for a missing text.
      const languages = LANGUAGE_TAG.test(lang) ? ['en', lang] : ['en'];
      const inEach = (words: Record<string, string>) =>
        Object.fromEntries(languages.map((name) => [name, words]));
      return Object.fromEntries(created.map(({ dialog, words }) => [dialog.id, inEach(words)]));
    },
  };
}

function createPage(
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
  return button.inStory === 'action' ? { ...option, action: navigationOf(button).actionId } : option;
}

/** The action of a button, in the teaser and in the story. */
export function navigationOf({ navigateTarget }: DraftButton): InsightAction {
  return {
    actionId: `go-to-${navigateTarget}`,
    actionType: 'externalNavigation',
    payload: { navigateTarget },
  };
}
