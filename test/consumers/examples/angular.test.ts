import { testExample } from './test-example.ts';

testExample('angular', 'dist');
