// The example's stand-in for the build that the vendor ships, as its page meets it. Its scripts have no declarations.
const folder = `${process.cwd()}/examples/elsewhere-bank/widget`;
const { ReplyCheck } = await import(`${folder}/reply-check.js`);
const { createShippedBuild } = await import(`${folder}/shipped/shipped-build.js`);

export const NOW = 1_800_000_000_000;

/** What its own scripts say it is; here it is looked at from outside. */
// biome-ignore lint/suspicious/noExplicitAny: the example's scripts have no declarations
type Untyped = any;

interface Made {
  readonly widget: Untyped;
  readonly complaints: string[];
  /** The views that were started. */
  readonly started: { config: Record<string, unknown>; client: Client }[];
}

interface Delegate {
  readonly delegate: Record<string, unknown>;
  readonly calls: { name: string; self: unknown; args: unknown[] }[];
  names(): string[];
}

export function createWidget(): Made {
  const complaints: string[] = [];
  const started: { config: Record<string, unknown>; client: Client }[] = [];
  const views = { start: (config: never, client: never) => void started.push({ config, client }) };
  const widget = createShippedBuild(views as never, new ReplyCheck((text: string) => complaints.push(text)));
  return { widget, complaints, started };
}

interface Client {
  ask(server: string, type: string, fields: object, ok: unknown, fail: unknown): void;
  tell(params: object): void;
  navigate(target: string): void;
}

/** A delegate that writes down how it is called. */
export function createDelegate(): Delegate {
  const calls: { name: string; self: unknown; args: unknown[] }[] = [];
  const names = [
    'sendRequestToPServer',
    'sendRequestToEnrichServer',
    'sendRequestToOBServer',
    'sessionError',
    'widgetEvent',
    'navigateToPage',
  ];
  const delegate = Object.fromEntries(
    names.map((name) => [
      name,
      function (this: unknown, ...args: unknown[]) {
        calls.push({ name, self: this, args: args.map((arg) => structuredClone(arg)) });
      },
    ]),
  );
  return { delegate, calls, names: () => calls.map(({ name }) => name) };
}

/** A widget that was initialised with a delegate that writes down; `idOf` is the id of a call, counted from 0. */
export function started(options: object = {}): Made & Delegate & { idOf(at: number): string } {
  const page = createDelegate();
  const all = { ...createWidget(), ...page };
  all.widget.initialize({ pDelegate: page.delegate, base64EncodeResponse: false, ...options });
  const idOf = (at: number): string => String(all.calls[at]?.args[2]);
  return { ...all, idOf };
}
