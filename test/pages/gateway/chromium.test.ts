import { testGateway } from './gateway.ts';

testGateway('chromium');
