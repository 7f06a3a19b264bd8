import type { InsightAction } from './insight.ts';

/** The story behind an insight, without its words. */
export interface Story {
  /** Its id. */
  readonly storyId: string;
  /** Its pages, in order. */
  readonly dialogs: readonly StoryDialog[];
  /** What its buttons do. */
  readonly actions: readonly InsightAction[];
}

/** One page of a story. */
export interface StoryDialog {
  /** Its id, under which its words are. */
  readonly id: string;
  /** What it is made of, from top to bottom. */
  readonly blocks: readonly StoryBlock[];
}

/** A piece of a page: words, or buttons that lead elsewhere. It holds the keys of its words, which `text` has. */
export type StoryBlock =
  | {
      /** Its id. */
      readonly id: string;
      /** How it is drawn. */
      readonly type: 'txt';
      /** The key of its words. */
      readonly txt: string;
    }
  | {
      /** Its id. */
      readonly id: string;
      /** How it is drawn. */
      readonly type: 'buttons';
      /** What its buttons do. */
      readonly buttonType: 'navigateTo';
      /** The buttons. */
      readonly options: readonly StoryButton[];
    };

/** A button of a story. */
export interface StoryButton {
  /** Where it leads. */
  readonly id: string;
  /** Its label is a key, and no expression. */
  readonly type: 'static';
  /** The key of its label. */
  readonly txt: string;
  /** It can be pressed. */
  readonly active: true;
  /** The `actionId` of what it does. Without one it navigates to its id. */
  readonly action?: string;
}

/** The words of a story: by page, by language, by key. */
export type StoryTexts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
