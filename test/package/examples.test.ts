import { readFileSync } from 'node:fs';
import { type Transport, WidgetBridge } from 'bankside';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

type Json = Record<string, Record<string, Record<string, unknown>>>;

const read = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json;
const { version, dependencies } = read('package.json') as unknown as {
  version: string;
  dependencies: Readonly<Record<string, string>>;
};

describe.each(['react', 'angular'])('the %s example', (name) => {
  it('installs the package as it is packed', () => {
    const spec = `file:../../bankside-${version}.tgz`;
    expect(read(`examples/${name}/package.json`)['dependencies']).toMatchObject({ bankside: spec });
    const locked = read(`examples/${name}/package-lock.json`)['packages']?.['node_modules/bankside'];
    expect(locked).toMatchObject({ version, resolved: spec, dependencies });
    expect(locked).not.toHaveProperty('integrity'); // each build is packed anew
  });

  it('is locked without naming a registry', () => {
    expect(readFileSync(`examples/${name}/package-lock.json`, 'utf8')).not.toMatch(/"resolved": *"http/);
  });
});

describe('the channel of the vanilla example', async () => {
  const bank: string = '../../examples/vanilla/bank.js'; // which has no types here
  const { openChannel } = (await import(/* @vite-ignore */ bank)) as {
    openChannel(
      config: object,
      extras: { fetch(address: string, options: RequestInit): Promise<Response> },
    ): Transport;
  };

  it.each([
    [null, 'include'],
    ['https://bank.example/session/token', 'same-origin'],
  ] as const)('where the token is from %s, sends cookies to: %s', async (tokenUrl, credentials) => {
    vi.stubGlobal('fetch', async () => Response.json({ authToken: 'token' }));
    onTestFinished(() => void vi.unstubAllGlobals());
    const sent: string[] = [];
    const config = {
      endpoints: { pserver: 'https://gateway.example/pserver' },
      tokenUrl,
      headers: {},
      sandbox: false,
    };
    const channel = openChannel(config, {
      fetch: async (address, options) => {
        sent.push(new Request(address, options).credentials);
        return Response.json({ ok: true });
      },
    });
    await new WidgetBridge({ transport: channel }).send('pserver', { type: 'getInsights' });
    expect(sent).toEqual([credentials]);
  });
});
