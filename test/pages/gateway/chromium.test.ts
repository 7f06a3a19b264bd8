import { testGateway } from './gateway.ts';

// The other engines' turn comes where there is time: most of this is waiting. That they follow across origins is proven in `queue/`.
testGateway('chromium');
