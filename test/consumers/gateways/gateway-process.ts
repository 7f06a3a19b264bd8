import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';

/** A gateway that runs with its own folder and its own port. */
export interface GatewayProcess {
  readonly url: string;
  close(): Promise<void>;
}

/** How to start a gateway. */
export interface GatewayCommand {
  readonly command: string;
  /** Its configuration, for this folder and this port. */
  configuration(folder: string, port: number): string;
  /** The arguments that make it run in the foreground with this file. */
  args(folder: string, file: string): readonly string[];
}

/** Whether the command is installed. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['-v'], { stdio: 'ignore' }).status === 0;
}

export async function startGateway({
  command,
  configuration,
  args,
}: GatewayCommand): Promise<GatewayProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bankside-gateway-'));
  const port = await freePort();
  const file = join(folder, 'gateway.conf');
  writeFileSync(file, configuration(folder, port));
  const log = openSync(join(folder, 'log'), 'w'); // a file, since Apache opens /dev/stderr once more
  const child = spawn(command, args(folder, file), { stdio: ['ignore', log, log] });
  closeSync(log);
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise((resolve) => child.once('close', resolve));
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  try {
    await vi.waitFor(() => fetch(url, { method: 'OPTIONS' }), { timeout: 20_000 });
  } catch {
    const complaints = readFileSync(join(folder, 'log'), 'utf8');
    await close();
    throw new Error(`${command} has not started: ${complaints}`);
  }
  return { url, close };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
