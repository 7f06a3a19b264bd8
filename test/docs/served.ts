import { setTimeout as sleep } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { snippetTests } from './snippet-tests.ts';

type Stage = ReturnType<typeof snippetTests>;

/** Of what arrived at the servers; what asked for a token has none. */
export function bodiesOf({ arrived }: Stage): Promise<unknown[]> {
  const commands = arrived.filter(({ url }) => url.endsWith('/execute'));
  return Promise.all(commands.map((request) => request.clone().json()));
}

/** Long enough for what is under way in this process to end. A request that nobody answers would have been answered by then. */
export async function stillness(stage: Stage): Promise<void> {
  await vi.waitFor(() => expect(stage.sandbox.log.every(({ status, fault }) => status ?? fault)).toBe(true));
  for (let turn = 0; turn < 20; turn += 1) await sleep(0);
}
