import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { launch } from '../../engines/launch.ts';
import { testAcrossOrigins } from './across-origins.ts';
import { testBackForwardCache } from './back-forward-cache.ts';
import { testHandingOver } from './handing-over.ts';
import { testLinxoWidget } from './linxo-widget.ts';
import { testNothingLeft } from './nothing-left.ts';
import { testOpened } from './opened.ts';
import { QueueServer } from './queue-server.ts';
import { testRedirect } from './redirect.ts';
import { testReset } from './reset.ts';
import { testSharing } from './sharing.ts';
import { testStandingStill } from './standing-still.ts';
import { testStrictPolicy } from './strict-policy.ts';
import { testTurns } from './turns.ts';
import { testWebViews } from './web-views.ts';

/** Each engine starts once for all tests, since starting takes longer than most of them. */
describe(`the queue in ${engineUnderTest}`, () => {
  let engine: Engine;
  let server: QueueServer;
  const getEngine = (): Engine => engine;
  const getServer = (): QueueServer => server;

  beforeAll(async () => {
    server = await QueueServer.start();
    engine = await launch(engineUnderTest);
  });

  afterAll(async () => {
    await engine?.close();
    await server?.close();
  });

  testSharing(getEngine, getServer);
  testHandingOver(getEngine, getServer);
  testTurns(getEngine, getServer);
  testStandingStill(getEngine, getServer);
  testRedirect(getEngine, getServer);
  testLinxoWidget(getEngine, getServer);
  testBackForwardCache(getEngine, getServer);
  testOpened(getEngine, getServer);
  testNothingLeft(getEngine, getServer);
  testReset(getEngine, getServer);
  testStrictPolicy(getEngine, getServer);
  testWebViews(getEngine, getServer);
  // The last one, since from here on the server allows other origins.
  testAcrossOrigins(getEngine, getServer);
});
