import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild, startChild } from './child.ts';
import { executableOf } from './executables.js';

export interface WebKitDriver {
  readonly address: string;
  close(): Promise<void>;
}

/** Starts the driver on a free port. It cannot choose one itself: if another process takes the port first, tries the next. */
export async function startWebKitDriver(env: NodeJS.ProcessEnv, attempts = 5): Promise<WebKitDriver> {
  const port = await freePort();
  const child = startChild(executableOf('WebKitWebDriver'), [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  const address = `http://127.0.0.1:${port}`;
  while (child.exitCode === null && child.signalCode === null) {
    if (await isReady(address)) return { address, close: () => endChild(child) };
    await sleep(20);
  }
  if (attempts > 1) return startWebKitDriver(env, attempts - 1);
  throw new Error(`WebKitWebDriver does not start: exit code ${child.exitCode}, signal ${child.signalCode}`);
}

async function isReady(address: string): Promise<boolean> {
  return fetch(`${address}/status`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
