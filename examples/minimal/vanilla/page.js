import { widgetActions } from 'bankside';
import { openBank, user } from './bank.js';

const failure = document.querySelector('#failure');
const connections = document.querySelector('#connections');
const { personetics } = window;
const { bridge, poller, close } = openBank();

bridge.on('failure', showFailure);
poller.on('failure', showFailure);
poller.subscribe(showConnections);
poller.start().catch(() => {}); // the failure has been shown

bridge.attach(personetics);
window.EventDelegate = bridge.EventDelegate;
const delegates = { eventsDelegate: bridge.delegate, pDelegate: bridge.delegate };
personetics.initialize({ ...user, ...delegates, base64EncodeResponse: false });
widgetActions(bridge, { widget: personetics, element: '#insights', config: user });
document.querySelector('#all-insights').addEventListener('click', startWidget);
startWidget();

// The browser may show a persisted page again, with all that it holds.
addEventListener('pagehide', ({ persisted }) => {
  if (!persisted) close();
});

function startWidget() {
  personetics.startWidget({ ...user, widgetType: 'teaser-widget', el: '#insights' });
}

function showFailure({ error }) {
  failure.textContent = error.message;
}

function showConnections() {
  const items = [...poller.connections.values()].map((connection) => {
    const item = document.createElement('li');
    item.textContent = `${connection.name}: ${stateOf(connection)}`;
    return item;
  });
  connections.replaceChildren(...items);
}

function stateOf({ action, syncing, status }) {
  if (action) return `needs you: ${action.type}`;
  return syncing ? 'synchronising' : status;
}
