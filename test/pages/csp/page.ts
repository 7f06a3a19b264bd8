import * as z from 'zod/mini';
import {
  asBase64,
  asJson,
  httpTransport,
  openBankingClient,
  QueuePoller,
  queueEventSchema,
  WidgetBridge,
} from '../../../src/index.ts';

// A bank's page that does everything that the package can do over HTTP. The server decides the outcome of each
// command.

const page = globalThis as unknown as { outcomes: Record<string, unknown>; isDone: boolean };
page.outcomes = {};

const endpoints = { pserver: '/pserver', enrich: '/pserver', ob: '/pserver' };
const transport = httpTransport({
  endpoints,
  authToken: async ({ rejected }) => (rejected ? 'fresh' : 'stale'),
  headers: async () => ({ bankId: '42' }),
});

/** What a widget gets for a call of the delegate's functions. */
function ask(options: object, call: (delegate: WidgetBridge['delegate']) => void): Promise<unknown> {
  return new Promise((resolve) => {
    const bridge = new WidgetBridge({ transport, ...options });
    const widget = {
      handlePServerResponse(response: unknown) {
        resolve(response);
        bridge.dispose();
      },
    };
    bridge.attach(() => widget, {});
    call(bridge.delegate);
  });
}

const command = (type: string) => (delegate: WidgetBridge['delegate']) =>
  delegate.sendRequestToPServer({ 'x-trace': '7' }, { type }, '1');

async function useEverything(): Promise<void> {
  const { outcomes } = page;
  outcomes['object'] = await ask({}, command('getInsights'));
  outcomes['asJson'] = await ask({ reply: asJson }, command('getInsights'));
  outcomes['asBase64'] = await ask({ reply: asBase64 }, command('getInsights'));
  outcomes['base64'] = await ask({}, command('getBase64'));
  outcomes['repeated'] = await ask({}, command('getBusy'));
  outcomes['redirect'] = await ask({}, command('rateRedirected'));
  outcomes['html'] = await ask({}, command('rateHtml'));
  outcomes['refused'] = await ask({}, command('rateRefused'));
  outcomes['timeout'] = await ask({ timeout: 1 }, command('rateNever'));
  outcomes['text'] = await ask({}, ({ sendRequestToEnrichServer }) =>
    sendRequestToEnrichServer('1', '{"type":"getInsights"}'),
  );
  outcomes['message'] = await ask({}, ({ handlePersoEvent }) =>
    handlePersoEvent({
      requestString: 'sendRequestToPServer',
      requestId: '1',
      json: { requestData: { type: 'getInsights' } },
    }),
  );

  const bridge = new WidgetBridge({ transport });
  bridge.on('failure', () => {
    throw new Error('A handler that fails');
  });
  const schema = z.object({ ok: z.literal(true), insights: z.array(z.object({ id: z.string() })) });
  outcomes['schema'] = await bridge.send('pserver', { type: 'getInsights' }, { schema });
  outcomes['openBanking'] = await openBankingClient(bridge).getAccounts();
  outcomes['callback'] = await new Promise((resolve) => {
    bridge.delegate.sendRequestToOBServer({ type: 'getAccounts' }, resolve);
  });
  bridge.delegate.sessionStarted({});
  bridge.delegate.widgetEvent('story', { eventType: 'teaserClick' });
  bridge.dispose();
  await bridge.send('pserver', { type: 'getInsights' }).catch(({ code }) => {
    outcomes['disposed'] = code;
  });
}

/** Follows a synchronisation, which the bank starts once the page listens. */
async function followQueue(): Promise<void> {
  const poller = new QueuePoller({
    baseUrl: '/linxo',
    accessToken: async () => (await fetch('/session/access-token', { method: 'POST' })).text(),
    schedule: { close: 100, hidden: 100, idle: 100, closeFor: 1_000 },
  });
  const events: object[] = [];
  const failures: string[] = [];
  poller.on('*', (event) => {
    events.push(event);
  });
  poller.on('failure', ({ error }) => {
    failures.push(error.code);
  });
  await poller.start();
  const id = await (await fetch('/synchronise', { method: 'POST' })).text();
  const { result } = await poller.whenSynced(id);
  await poller.stop({ forget: true });
  page.outcomes['queue'] = { result, failures };
  const read = await Promise.all(events.map((event) => queueEventSchema['~standard'].validate(event)));
  page.outcomes['events'] = read.length > 0 && read.every(({ issues }) => !issues);
  const invalid = await queueEventSchema['~standard'].validate({ id: '1' });
  page.outcomes['invalid'] = Number(invalid.issues?.length) > 0;
}

useEverything()
  .then(followQueue)
  .then(
    () => {
      page.isDone = true;
    },
    (error) => console.error(error),
  );
