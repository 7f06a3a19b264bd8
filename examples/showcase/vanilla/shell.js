import { httpTransport } from 'bankside';
import { channelOptions, readConfig } from '../shared/config.js';
import { byId } from '../shared/dom/element.js';
import { apps } from './app/app.js';
import { MessageLog } from './app/message-log.js';
import { createMisbehaviour } from './app/misbehaviour.js';
import { WebView } from './app/web-view.js';

/** Above the widget, in CSS pixels. */
const MARGIN = 16;

const asked = new URLSearchParams(location.search).get('in') ?? '';
const name = Object.hasOwn(apps, asked) ? asked : 'ios';

start(/** @type {import('./app/app.js').App} */ (apps[name])).catch((error) => {
  byId('app-failed', HTMLElement).hidden = false;
  console.error(error);
});

/** @param {import('./app/app.js').App} app */
async function start({ title, webView: stoodInFor, outward, inward, connect }) {
  describe({ title, webView: stoodInFor, outward, inward });
  const config = await readConfig();
  if (!config.sandbox) throw new Error('The apps stand in for real ones with the sandbox alone.');

  const log = new MessageLog({
    list: byId('messages', HTMLElement),
    none: byId('messages-none', HTMLElement),
  });
  byId('messages-clear', HTMLElement).addEventListener('click', () => log.clear());
  const frame = byId('web-view', HTMLIFrameElement);
  const webView = new WebView(frame, () => connection);
  frame.addEventListener('load', () => scrollToWidget(webView.page));
  const asOften = createMisbehaviour(webView);

  const connection = connect({
    channel: httpTransport(channelOptions(config)),
    heard: (name, requestId, text) => log.add('outward', { name, note: requestId, text }),
    intoPage: ({ name, requestId, script }, run) =>
      asOften(() => {
        log.add('inward', { name, note: requestId, text: script });
        run(webView.page);
      }),
  });
  webView.load('./');
}

/**
 * What the app is there for. By no anchor: that would scroll this page, too.
 *
 * @param {Window} page
 */
function scrollToWidget(page) {
  const { top = MARGIN } = page.document.getElementById('widget')?.getBoundingClientRect() ?? {};
  page.scrollTo(0, page.scrollY + top - MARGIN);
}

/** @param {Omit<import('./app/app.js').App, 'connect'>} app */
function describe({ title, webView, outward, inward }) {
  document.title = `${title} · Elsewhere Bank`;
  byId('app-title', HTMLElement).textContent = `Elsewhere Bank, in an app for ${title}`;
  for (const [id, words] of Object.entries({ 'web-view-name': webView, outward, inward }))
    byId(id, HTMLElement).textContent = words;
  for (const link of byId('shown-in', HTMLElement).querySelectorAll('a')) {
    if (link.search === `?in=${name}`) link.setAttribute('aria-current', 'page');
  }
}
