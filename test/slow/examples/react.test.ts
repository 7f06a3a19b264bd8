import { testExample } from './test-example.ts';

testExample('react', 'dist');
