import { describe } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { useEngine } from '../../engines/use-engine.ts';
import { testLooks } from './looks.ts';
import { testMisbehaviour } from './misbehaviour.ts';
import { testReplies } from './replies.ts';
import { testSwitch } from './switch.ts';
import { useShell } from './use-shell.ts';

/** What the stand-ins for the four shells do is a matter of scripts alone: one engine shows it. */
const isOneForAll = engineUnderTest === 'chromium';

describe(`the vanilla example in an app, in ${engineUnderTest}`, () => {
  const getEngine = useEngine(engineUnderTest);

  // That one of the four whose native side runs scripts in the page.
  describe('that stands in for react-native', () => {
    testReplies(useShell(getEngine, 'react-native'));
  });

  describe.runIf(isOneForAll)('that stands in for ios', () => {
    const getShell = useShell(getEngine, 'ios');
    testReplies(getShell);
    testMisbehaviour(getShell);
  });

  describe.runIf(isOneForAll)('that stands in for android', () => {
    const getShell = useShell(getEngine, 'android');
    testLooks(getShell, getEngine);
    testReplies(getShell);
  });

  describe.runIf(isOneForAll)('that stands in for flutter', () => {
    const getShell = useShell(getEngine, 'flutter');
    testReplies(getShell);
    testSwitch(getShell);
  });
});
