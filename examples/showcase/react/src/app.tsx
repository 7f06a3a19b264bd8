import { QueuePoller } from 'bankside';
import { useQueuePoller } from 'bankside/react';
import { type ReactNode, use } from 'react';
import { type Bank, type Config, queueOptions, readBank } from '../../shared/config.js';
import { BankPage } from './bank-page.tsx';

const reading = readBank();

export function App(): ReactNode {
  const bank = use(reading);
  const { queue } = bank.config;
  return queue ? <Following bank={bank} queue={queue} /> : <BankPage bank={bank} />;
}

function Following({ bank, queue }: { bank: Bank; queue: NonNullable<Config['queue']> }): ReactNode {
  const poller = useQueuePoller(() => new QueuePoller(queueOptions(queue, bank.banks)));
  return poller && <BankPage bank={bank} poller={poller} />;
}
