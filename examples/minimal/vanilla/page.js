import { widgetActions } from 'bankside';
import { openBank, user, wordsFor, wordsForFailure } from './bank.js';

const failure = document.querySelector('#failure');
const queueFailure = document.querySelector('#queue-failure');
const connections = document.querySelector('#connections');
const { personetics } = window;
const { bridge, poller, signOut } = openBank();

bridge.on('failure', showFailure);
poller.on('failure', ({ error }) => console.warn(error.message));
poller.subscribe(showQueue);
poller.start().catch(() => {}); // showQueue has the error

bridge.attach(personetics);
window.EventDelegate = bridge.EventDelegate;
const delegates = { eventsDelegate: bridge.delegate, pDelegate: bridge.delegate };
personetics.initialize({ ...user, ...delegates, base64EncodeResponse: false });
widgetActions(bridge, { widget: personetics, element: '#insights', config: user });
document.querySelector('#all-insights').addEventListener('click', startWidget);
startWidget();

document.querySelector('#sign-out').addEventListener('click', async () => {
  await signOut();
  location.assign('/'); // your sign-in page
});

function startWidget() {
  personetics.startWidget({ ...user, widgetType: 'teaser-widget', el: '#insights' });
}

function showFailure({ error }) {
  console.warn(error.message);
  failure.textContent = wordsForFailure(error);
}

function showQueue() {
  const { connections: known, failure: cause } = poller.getSnapshot();
  const items = [...known.values()].map((connection) => {
    const item = document.createElement('li');
    item.textContent = `${connection.name}: ${wordsFor(connection)}${cause ? ', may be out of date' : ''}`;
    return item;
  });
  connections.replaceChildren(...items);
  queueFailure.textContent = cause ? wordsForFailure(cause.error) : '';
}
