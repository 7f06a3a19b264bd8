import type { QueuePoller } from 'bankside';
import { useQueuePoller } from 'bankside/react';
import { type ReactNode, use } from 'react';
import { BankPage } from './bank-page.tsx';
import { type Bank, setUp } from './set-up.ts';

const settingUp = setUp();

export function App(): ReactNode {
  const bank = use(settingUp);
  const { openQueue } = bank;
  return openQueue ? <Following bank={bank} openQueue={openQueue} /> : <BankPage bank={bank} />;
}

function Following({ bank, openQueue }: { bank: Bank; openQueue: () => QueuePoller }): ReactNode {
  const poller = useQueuePoller(openQueue);
  return poller && <BankPage bank={bank} poller={poller} />;
}
