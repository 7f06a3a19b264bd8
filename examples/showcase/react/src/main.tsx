import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Failed } from './failed.tsx';

createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <Failed>
      <Suspense>
        <App />
      </Suspense>
    </Failed>
  </StrictMode>,
);
