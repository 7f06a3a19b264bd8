import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Place {
  /** 0 for any. */
  readonly port: number;
  readonly host: string;
  /** How many ports are tried, one after the other. */
  readonly attempts: number;
}

/** Listens on the wanted port, or on the next one that is free; returns the port. */
export async function listen(server: Server, { port: wanted, host, attempts }: Place): Promise<number> {
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
    throw error;
  }
}

/** Windows keeps ports for itself, and refuses them like those that only an administrator may have elsewhere. */
function isTaken(code: unknown, port: number): boolean {
  return code === 'EADDRINUSE' || (code === 'EACCES' && port >= 1_024);
}
