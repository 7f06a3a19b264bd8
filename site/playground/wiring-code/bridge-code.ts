import type { Settings } from '../settings.ts';

const REPLY_FORMS = { object: undefined, json: 'asJson', base64: 'asBase64' } as const;

/** What the code of the bridge and its transport imports. */
export function bridgeImports({ shownIn, replies }: Settings): string[] {
  const form = REPLY_FORMS[replies];
  const transport = isInApp(shownIn) ? 'nativeTransport' : 'httpTransport';
  return ['WidgetBridge', transport, ...(form ? [form] : [])];
}

/** The expression of the transport. @param signal Whether there is a `signal` that ends it. */
export function transportCode({ shownIn }: Settings, signal: boolean): string {
  if (isInApp(shownIn)) return `nativeTransport({ shell: '${shownIn}'${signal ? ', signal' : ''} })`;
  return `httpTransport({
  endpoints: {
    pserver: '/api/pserver/execute',
    enrich: '/api/enrich/execute',
    ob: '/api/ob/execute',
  },
  authToken: sessionToken('/session/token'),${signal ? '\n  signal,' : ''}
})`;
}

/** The expression of the bridge. There is a `transport`, and a `poller` if it is to be the bridge's queue. */
export function bridgeCode({ timeout, replies }: Settings, hasQueue: boolean): string {
  const form = REPLY_FORMS[replies];
  const options = [
    'transport',
    `timeout: ${withGroups(timeout)}`,
    ...(form ? [`reply: ${form}`] : []),
    ...(hasQueue ? ['queue: poller'] : []),
  ];
  return `new WidgetBridge({ ${options.join(', ')} })`;
}

/** Whether an app shows the page. Its native side sends the requests, and the page needs no token. */
export function isInApp(shownIn: Settings['shownIn']): boolean {
  return shownIn !== 'browser';
}

/** A number as it is written in code: `4_000`. */
function withGroups(number: number): string {
  return String(number).replaceAll(/(?<=\d)(?=(\d{3})+$)/g, '_');
}
