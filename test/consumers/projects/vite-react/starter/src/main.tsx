import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Banks } from './pasted/react/a-user-s-bank-connections.tsx';
import { Insights } from './pasted/react/the-first-component-that-works.tsx';
import './vendor.ts';

const tokenFrom = (address: string) => async () => (await fetch(address, { method: 'POST' })).text();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Insights authToken={tokenFrom('/session/token')} />
    <Banks accessToken={tokenFrom('/session/access-token')} user="user-1" />
  </StrictMode>,
);
