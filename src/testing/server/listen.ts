import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListenOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** How many ports to try, in order. */
  readonly attempts: number;
}

/** Listens on the given port, or on the next free one. Returns the port. */
export async function listen(
  server: Server,
  { port: wanted, host, attempts }: ListenOptions,
): Promise<number> {
  const last = Math.min(wanted + attempts - 1, 65_535);
  for (let port = wanted; port <= last; port += 1) {
    if (await listensOn(server, port, host)) return (server.address() as AddressInfo).port;
  }
  throw new Error(
    attempts === 1 ? `Port ${wanted} is taken.` : `All ports from ${wanted} to ${last} are taken.`,
  );
}

async function listensOn(server: Server, port: number, host: string): Promise<boolean> {
  try {
    await once(server.listen(port, host), 'listening');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && isTaken(error.code, port)) return false;
    if (error instanceof Error && 'code' in error && NO_ADDRESS.includes(`${error.code}`))
      throw Object.assign(new Error(`This machine has no address ${host}.`), { code: error.code });
    throw error;
  }
}

const NO_ADDRESS = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EINVAL'];

/** Windows reserves some ports, and reports EACCES for them, like other systems for ports below 1024. */
function isTaken(code: unknown, port: number): boolean {
  return code === 'EADDRINUSE' || (code === 'EACCES' && port >= 1_024);
}
