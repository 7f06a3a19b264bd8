import type * as doubles from '../../src/testing/doubles.ts';

// The example's widget for the build that the vendor ships, without a page. Its scripts have no declarations.
const folder = `${process.cwd()}/examples/elsewhere-bank/widget`;
const { ReplyCheck } = await import(`${folder}/reply-check.js`);
const { createShippedBuild } = await import(`${folder}/shipped/shipped-build.js`);

/** The package as it was built, in which the example finds it. */
const built = 'bankside/testing/doubles';
const { createTestWidget }: typeof doubles = await import(built);
export const createDouble = (): doubles.ShippedTestWidget => createTestWidget({ build: '21.5' });

export const NOW = 1_800_000_000_000;

type Callback = (answer: unknown) => void;

/** How the views ask and tell. */
interface Client {
  ask(server: string, type: string, fields: object, ok: Callback, fail: Callback): void;
  tell(params: object): void;
  report(eventId: string, value: string): void;
  navigate(target: string): void;
}

interface Page {
  readonly widget: doubles.ShippedTestWidget;
  readonly complaints: string[];
  /** What was to be drawn, and how it asks. */
  readonly drawn: { config: Record<string, unknown>; client: Client }[];
  readonly delegate: Record<string, unknown>;
  /** How the delegate was called, with the very arguments. */
  readonly calls: { name: string; args: unknown[] }[];
  names(): string[];
}

const FUNCTIONS = [
  'sendRequestToPServer',
  'sendRequestToEnrichServer',
  'sendRequestToOBServer',
  'sessionError',
  'widgetEvent',
  'navigateToPage',
];

export function createPage(): Page {
  const complaints: string[] = [];
  const drawn: Page['drawn'] = [];
  const calls: Page['calls'] = [];
  const views = {
    complain: (text: string) => void complaints.push(text),
    start: (config: Record<string, unknown>, client: Client) => void drawn.push({ config, client }),
  };
  const write = (name: string): [string, unknown] => [
    name,
    (...args: unknown[]) => void calls.push({ name, args }),
  ];
  return {
    widget: createShippedBuild(views, new ReplyCheck(views.complain)),
    complaints,
    drawn,
    delegate: Object.fromEntries(FUNCTIONS.map(write)),
    calls,
    names: () => calls.map(({ name }) => name),
  };
}

/** A page whose widget has drawn, and the client of what is drawn. */
export function started(options: object = {}): Page & { readonly client: Client } {
  const page = createPage();
  const { widget, delegate, drawn } = page;
  widget.startWidget({
    pDelegate: delegate,
    widgetType: 'teaser-widget-carousel',
    userId: 'u-1',
    lang: 'en',
    ...options,
  });
  const client = drawn[0]?.client;
  if (!client) throw new Error('Nothing was drawn');
  return { ...page, client };
}
