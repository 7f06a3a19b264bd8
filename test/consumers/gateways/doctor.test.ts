import { describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../../src/doctor/finding.ts';
import { runWith } from '../../cli/fixtures/run-with.ts';
import { MARKED } from '../../doctor/gateway/backend.ts';
import { startGateway as startBank } from '../../doctor/gateway/start-gateway.ts';
import { apacheCommand } from './apache.ts';
import { isInstalled, startGateway } from './gateway-process.ts';
import { nginxCommand } from './nginx.ts';

const commands = { nginx: nginxCommand, apache: apacheCommand };
const env = { BANKSIDE_AUTH_TOKEN: MARKED.authToken, BANKSIDE_ACCESS_TOKEN: MARKED.accessToken };
/** Each round shows what the faults of the round before have hidden. */
const ROUNDS = 3;

async function findingsOn(gateway: string, origin: string): Promise<readonly Finding[]> {
  const servers = ['--pserver', `${gateway}/pserver/execute`, '--linxo', `${gateway}/linxo`];
  const run = runWith(['doctor', '--json', '--origin', origin, ...servers, '--header', 'bankId: 42'], {
    env,
  });
  await run.ended;
  return JSON.parse(run.out).findings;
}

describe.each(['nginx', 'apache'] as const)('a gateway of %s that only passes on', (name) => {
  const isMissing = !isInstalled(name === 'nginx' ? 'nginx' : 'apache2');

  it.skipIf(isMissing)('has no fault once it has the lines that the doctor shows', async () => {
    const bank = await startBank({ gateway: () => ({ answer: (_request, next) => next() }) });
    onTestFinished(() => bank.close());
    const lines = new Set<string>();
    const rounds: string[][] = [];
    for (;;) {
      const gateway = await startGateway(commands[name](bank.gateway, [...lines]));
      const findings = await findingsOn(gateway.url, bank.origin).finally(gateway.close);
      rounds.push(findings.map(({ id }) => id).sort());
      if (findings.length === 0 || rounds.length > ROUNDS) break;
      for (const { fixes } of findings) if (fixes) lines.add(fixes[name]);
    }
    expect(rounds[0]).toEqual(expect.arrayContaining(['preflight-refused', 'answer-origin', 'no-store']));
    expect(rounds.at(-1)).toEqual([]);
  });
});
