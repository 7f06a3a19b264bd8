import { useBridgeEvent, useQueue, useQueueEvent, useQueuePoller, useWidgetBridge } from 'bankside/react';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  attachWidget,
  createBridge,
  createPoller,
  signOut,
  startWidget,
  wordsFor,
  wordsForFailure,
} from './bank.ts';

function App() {
  // Both end when the component unmounts.
  const bridge = useWidgetBridge(createBridge);
  const poller = useQueuePoller(createPoller);
  const { connections, failure: queueFailure } = useQueue(poller);
  const [failure, setFailure] = useState('');
  useBridgeEvent(bridge, 'failure', ({ error }) => {
    console.warn(error.message);
    setFailure(wordsForFailure(error));
  });
  useQueueEvent(poller, 'failure', ({ error }) => console.warn(error.message));
  useEffect(() => bridge && attachWidget(bridge), [bridge]);

  return (
    <main>
      <h1>Your money</h1>
      <p role="alert">{failure}</p>
      <div id="insights" />
      <button type="button" onClick={startWidget}>
        All insights
      </button>
      <h2>Your banks</h2>
      <p role="alert">{queueFailure && wordsForFailure(queueFailure.error)}</p>
      <ul aria-live="polite">
        {[...connections.values()].map((connection) => (
          <li key={connection.id}>
            {`${connection.name}: ${wordsFor(connection)}`}
            {queueFailure && ', may be out of date'}
          </li>
        ))}
      </ul>
      <button type="button" id="sign-out" onClick={() => signOut(poller)}>
        Sign out
      </button>
    </main>
  );
}

createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
