import { describe } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { testAppearance } from './appearance.ts';
import { testFaults } from './faults.ts';
import { testReplies } from './replies.ts';
import { Shell } from './shell.ts';
import { testSwitch } from './switch.ts';

/** The stand-ins for the four shells are scripts, so one engine is enough. */
const isChromium = engineUnderTest === 'chromium';

describe(`the vanilla example in an app, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));

  // The one whose native side runs scripts in the page, in all engines.
  describe('with the shell of react-native', () => {
    testReplies(useForSuite(() => Shell.open(getEngine(), 'react-native')));
  });

  describe.runIf(isChromium)('with the shell of ios', () => {
    const getShell = useForSuite(() => Shell.open(getEngine(), 'ios'));
    testReplies(getShell);
    testFaults(getShell);
  });

  describe.runIf(isChromium)('with the shell of android', () => {
    const getShell = useForSuite(() => Shell.open(getEngine(), 'android'));
    testAppearance(getShell, getEngine);
    testReplies(getShell);
  });

  describe.runIf(isChromium)('with the shell of flutter', () => {
    const getShell = useForSuite(() => Shell.open(getEngine(), 'flutter'));
    testReplies(getShell);
    testSwitch(getShell);
  });
});
