import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../../engines/engine.ts';
import { launch } from '../../engines/launch.ts';
import { testAcrossOrigins } from './across-origins.ts';
import { testBackForwardCache } from './back-forward-cache.ts';
import { testHandingOver } from './handing-over.ts';
import { testNothingLeft } from './nothing-left.ts';
import { testOpened } from './opened.ts';
import { QueueServer } from './queue-server.ts';
import { testRedirect } from './redirect.ts';
import { testReset } from './reset.ts';
import { testSharing } from './sharing.ts';
import { testStrictPolicy } from './strict-policy.ts';

/** Each engine is started once for all that it is to show: starting takes longer than most of the tests. */
export function testQueue(name: Engine['name']): void {
  describe(`the queue in ${name}`, () => {
    let engine: Engine;
    let server: QueueServer;
    const getEngine = (): Engine => engine;
    const getServer = (): QueueServer => server;

    beforeAll(async () => {
      server = await QueueServer.start();
      engine = await launch(name);
    });

    afterAll(async () => {
      await engine?.close();
      await server?.close();
    });

    testSharing(getEngine, getServer);
    testHandingOver(getEngine, getServer);
    testRedirect(getEngine, getServer);
    testBackForwardCache(name, getEngine, getServer);
    testOpened(name, getEngine, getServer);
    testNothingLeft(getEngine, getServer);
    testReset(getEngine, getServer);
    testStrictPolicy(getEngine, getServer);
    // Last, since the server allows other origins from here on.
    testAcrossOrigins(getEngine, getServer);
  });
}
