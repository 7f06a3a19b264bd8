import { testQueue } from './queue.ts';

testQueue('webkit');
