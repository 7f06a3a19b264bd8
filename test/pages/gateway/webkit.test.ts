import { testGateway } from './gateway.ts';

testGateway('webkit');
