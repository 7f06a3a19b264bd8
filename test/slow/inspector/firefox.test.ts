import { testInspector } from '../../pages/inspector/inspector.ts';
import { testLooks } from '../../pages/inspector/looks.ts';

testInspector('firefox');
testLooks('firefox');
