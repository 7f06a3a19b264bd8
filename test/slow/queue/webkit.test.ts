import { testQueue } from '../../pages/queue/queue.ts';

testQueue('webkit');
