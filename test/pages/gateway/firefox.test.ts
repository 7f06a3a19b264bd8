import { testGateway } from './gateway.ts';

testGateway('firefox');
