import { describe } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import type { Setting } from './example.ts';
import { testMisbehaviour } from './misbehaviour.ts';
import { testOutage } from './outage.ts';
import { testQueueTrouble } from './queue-trouble.ts';
import { useExample } from './use-example.ts';

// What the page makes of what goes wrong behind it.
describe(`the vanilla example in ${engineUnderTest}, in trouble`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getSetting = (): Setting => ({ engine: getEngine() });
  const getExample = useExample(getSetting);

  testMisbehaviour(getExample, getSetting);
  testQueueTrouble(getExample);

  describe('out of reach', () => testOutage(useExample(getSetting)));
});
