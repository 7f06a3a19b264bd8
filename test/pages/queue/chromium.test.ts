import { testQueue } from './queue.ts';

testQueue('chromium');
