import { testGateway } from '../../pages/gateway/gateway.ts';

testGateway('webkit');
