import type { WidgetFields } from '../deep-extend.ts';

/** A button of a drawn story. */
export interface DrawnButton {
  readonly id: string;
  readonly text: string;
  /** Whether it is enabled. */
  readonly isActive: boolean;
  readonly payload?: WidgetFields;
  /** Its action. Without one, it navigates. */
  readonly action?: { readonly actionType: string; readonly payload?: WidgetFields };
}

/** A drawn block of a story, with its texts. */
export interface DrawnBlock {
  readonly id: unknown;
  readonly type: string;
  readonly text?: string;
  readonly buttonType?: unknown;
  readonly options?: readonly DrawnButton[];
}

type Dialog = { readonly id: string; readonly blocks: readonly WidgetFields[] };
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
 * Draws the blocks of a story. Returns `undefined` without dialogs, for a dialog without blocks, and for a block of an unknown
 * type: then the widget shows the error text.
 *
 * @throws TypeError without `story.dialogs`, the blocks of a dialog, or `text`.
 */
export function drawStory(reply: WidgetFields, lang: unknown): DrawnBlock[] | undefined {
  const { story, text } = reply as { story: { dialogs: Dialog[]; actions?: WidgetFields[] }; text: Texts };
  const { dialogs, actions = [] } = story;
  const drawn = dialogs.map(({ id, blocks }) => {
    const texts = textsOf(text, id, lang);
    return blocks.map((block) => drawBlock(block, (key) => texts?.[String(key)] ?? '-', actions));
  });
  const isDrawn = (blocks: DrawnBlock[]): boolean =>
    blocks.length > 0 && blocks.every(({ type }) => TYPES.has(type));
  return drawn.length > 0 && drawn.every(isDrawn) ? drawn.flat() : undefined;
}

function textsOf(text: Texts, dialogId: string, lang: unknown): Readonly<Record<string, string>> | undefined {
  const ofDialog = text[dialogId];
  return ofDialog?.[String(lang)] ?? ofDialog?.['en'];
}

function drawBlock(
  block: WidgetFields,
  textOf: (key: unknown) => string,
  actions: readonly WidgetFields[],
): DrawnBlock {
  const { id, type, txt, buttonType, options } = block;
  return {
    id,
    type: String(type),
    ...(txt === undefined ? {} : { text: textOf(txt) }),
    ...(type === 'buttons' ? { buttonType, options: (options as WidgetFields[]).map(drawOption) } : {}),
  };

  function drawOption(option: WidgetFields): DrawnButton {
    const action = actions.find(({ actionId }) => String(actionId) === option['action']);
    return {
      id: String(option['id']),
      text: textOf(option['txt']),
      isActive: option['active'] === true,
      ...(option['payload'] ? { payload: translate(option['payload'] as WidgetFields) } : {}),
      ...(action ? { action: action as unknown as DrawnButton['action'] & object } : {}),
    };
  }

  /** The strings of a payload are keys of texts. */
  function translate(payload: WidgetFields): WidgetFields {
    const entries = Object.entries(payload);
    return Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'string' ? textOf(value) : value]),
    );
  }
}
