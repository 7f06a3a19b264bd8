import { expect, it, onTestFinished } from 'vitest';
import { startSandboxServer } from '../../../src/testing/server/start-sandbox-server.ts';
import { runDoctorWith } from './fixtures/run-bank-doctor.ts';

it.each(['http://localhost:5173', undefined])('the sandbox is right for a page of %s', async (origin) => {
  const { url, close } = await startSandboxServer({ port: 0 });
  onTestFinished(() => close());
  const tokenOf = async (path: string): Promise<string> =>
    (await fetch(`${url}/session/${path}`, { method: 'POST' })).text();
  const env = {
    BANKSIDE_AUTH_TOKEN: await tokenOf('token'),
    BANKSIDE_ACCESS_TOKEN: await tokenOf('access-token'),
  };
  const servers = ['pserver', 'enrich', 'ob'].flatMap((name) => [`--${name}`, `${url}/${name}/execute`]);
  const args = ['--origin', origin ?? url, ...servers, '--linxo', `${url}/linxo`, '--json'];

  const { code, out } = await runDoctorWith(args, { env });

  const { findings } = JSON.parse(out) as { findings: { id: string }[] };
  expect(findings.map(({ id }) => id)).toEqual(['uncompressed']);
  expect(code).toBe(0);
});
