import type { Fields } from '../request-proxy.ts';

/** A button of a story. */
export interface StoryOption {
  readonly id: string;
  readonly text: string;
  /** Whether it can be pressed. */
  readonly isActive: boolean;
  readonly payload?: Fields;
  /** What it does beside navigating. */
  readonly action?: { readonly actionType: string; readonly payload?: Fields };
}

/** A block of a story, with its texts. */
export interface StoryBlock {
  readonly id: unknown;
  readonly type: string;
  readonly text?: string;
  readonly buttonType?: unknown;
  readonly options?: readonly StoryOption[];
}

type Dialog = { readonly id: string; readonly blocks: readonly Fields[] };
type Texts = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

const TYPES: ReadonlySet<unknown> = new Set([
  'txt',
  'text',
  'date-box',
  'image',
  'textboxes',
  'buttons',
  'account-selector',
  'entity-selector',
  'tabs',
  'external-links',
  'line-chart',
  'bar-chart',
  'pinGraph-chart',
  'pie-chart',
  'pin-graph',
  'tranList',
  'calendar',
  'trivia',
  'counter',
  'entity-list',
  'filter',
]);

/**
 * Draws the blocks of a story. `undefined`: there are no dialogs, one of them has no block, or a block has an unknown
 * type. The error text is shown then.
 *
 * @throws TypeError without `story.dialogs`, the blocks of a dialog, or `text`.
 */
export function drawStory(reply: Fields, lang: unknown): StoryBlock[] | undefined {
  const { story, text } = reply as { story: { dialogs: Dialog[]; actions?: Fields[] }; text: Texts };
  const { dialogs, actions = [] } = story;
  const drawn = dialogs.map(({ id, blocks }) => {
    const texts = textsOf(text, id, lang);
    return blocks.map((block) => drawBlock(block, (key) => texts?.[String(key)] ?? '-', actions));
  });
  const isDrawn = (blocks: StoryBlock[]): boolean =>
    blocks.length > 0 && blocks.every(({ type }) => TYPES.has(type));
  return drawn.length > 0 && drawn.every(isDrawn) ? drawn.flat() : undefined;
}

function textsOf(text: Texts, dialogId: string, lang: unknown): Readonly<Record<string, string>> | undefined {
  const ofDialog = text[dialogId];
  return ofDialog?.[String(lang)] ?? ofDialog?.['en'];
}

function drawBlock(block: Fields, say: (key: unknown) => string, actions: readonly Fields[]): StoryBlock {
  const { id, type, txt, buttonType, options } = block;
  return {
    id,
    type: String(type),
    ...(txt === undefined ? {} : { text: say(txt) }),
    ...(type === 'buttons' ? { buttonType, options: (options as Fields[]).map(drawOption) } : {}),
  };

  function drawOption(option: Fields): StoryOption {
    const action = actions.find(({ actionId }) => String(actionId) === option['action']);
    return {
      id: String(option['id']),
      text: say(option['txt']),
      isActive: option['active'] === true,
      ...(option['payload'] ? { payload: sayAll(option['payload'] as Fields) } : {}),
      ...(action ? { action: action as unknown as StoryOption['action'] & object } : {}),
    };
  }

  /** The texts of a payload are keys. */
  function sayAll(payload: Fields): Fields {
    const entries = Object.entries(payload);
    return Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'string' ? say(value) : value]),
    );
  }
}
