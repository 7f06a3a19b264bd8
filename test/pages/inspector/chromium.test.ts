import { testInspector } from './inspector.ts';
import { testLooks } from './looks.ts';

testInspector('chromium');
testLooks('chromium');
