import { element } from '../dom/element.js';
import { createBanks } from './banks/banks.js';
import { Client } from './client.js';
import { createInsights } from './insights/insights.js';
import { Replies } from './replies.js';
import { createSubscriptions } from './subscriptions.js';

/**
 * A stand-in for the vendor's widget. It has the vendor's global names and calls the page as the real ones do, but what it
 * shows is this example's own.
 */

const complaints = element('div', { class: 'complaints', role: 'alert' });
const replies = new Replies(complain);

/** @param {string} text */
function complain(text) {
  complaints.append(element('p', { class: 'complaint' }, text));
}

/** @type {Record<string, { load: () => Promise<void>, focus?: () => void }>} */
let parts = {};

/**
 * @param {object} options
 * @param {import('./call-shapes.js').Delegate} options.eventsDelegate
 * @param {HTMLElement} options.root
 * @param {string} [options.callShape] one of `a` to `f`
 */
function initialize({ eventsDelegate, root, callShape = 'a' }) {
  replies.abandon();
  complaints.replaceChildren();
  const client = new Client(eventsDelegate, callShape, replies);
  client.tell('sessionStarted');

  const insights = createInsights(client);
  const subscriptions = createSubscriptions(client);
  const banks = createBanks(client);
  parts = { insights, subscriptions, banks, linked: banks.linked };
  root.dataset.callShape = callShape;
  root.replaceChildren(
    element(
      'div',
      { class: 'widget' },
      note(),
      complaints,
      insights.element,
      element('div', { class: 'widget-columns' }, subscriptions.element, banks.element),
      footer(client),
    ),
  );
}

function note() {
  return element(
    'p',
    { class: 'stand-in' },
    element('strong', {}, 'Stand-in.'),
    ' This is not the vendor’s widget. It calls the page in the same ways, so that the bridge can be seen at work.',
  );
}

/** @param {Client} client */
function footer(client) {
  const click = () => client.tell('navigateToPage', { page: 'accounts' });
  return element(
    'p',
    { class: 'widget-foot' },
    element(
      'button',
      { type: 'button', class: 'button-link', 'data-navigate': '', click },
      'Go to your accounts',
    ),
  );
}

window.personetics = {
  initialize,
  handlePServerResponse: (response, requestId) => replies.accept(response, requestId),
  refresh: (part) => parts[part]?.load(),
  show(part) {
    parts[part]?.load();
    parts[part]?.focus?.();
  },
};

window.PersoWidget = {
  widgetEventHandler() {
    complain('Nobody handles the messages of PersoWidget.');
  },
};
