import { describe } from 'vitest';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { useForSuite } from '../../harness/use-for-suite.ts';
import { openBehindGateway } from './behind-gateway.ts';
import { openMinimalPage, testMinimalPage } from './minimal-page.ts';

describe(`the minimal example without a framework in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));

  describe('with the sandbox', () => testMinimalPage(() => openMinimalPage(getEngine())));
  describe('behind a gateway on another origin', () => testMinimalPage(() => openBehindGateway(getEngine())));
});
