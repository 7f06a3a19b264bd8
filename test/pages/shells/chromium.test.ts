import { inEngine } from './in-engine.ts';
import { testLooks } from './looks.ts';
import { testMisbehaviour } from './misbehaviour.ts';
import { testReplies } from './replies.ts';
import { testSwitch } from './switch.ts';

inEngine('chromium', (getEngine) => {
  for (const name of ['ios', 'android', 'react-native', 'flutter'] as const) testReplies(getEngine, name);
  testMisbehaviour(getEngine);
  testSwitch(getEngine);
  testLooks(getEngine);
});

inEngine('chromium', testLooks, { colourScheme: 'dark' });
