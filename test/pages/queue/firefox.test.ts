import { testQueue } from './queue.ts';

testQueue('firefox');
