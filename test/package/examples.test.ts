import { readFileSync } from 'node:fs';
import { type HttpTransportOptions, httpTransport, WidgetBridge } from 'bankside';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

type Json = Record<string, Record<string, Record<string, unknown>>>;

const read = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json;
const { version, dependencies } = read('package.json') as unknown as {
  version: string;
  dependencies: Readonly<Record<string, string>>;
};

describe.each(['react', 'angular'])('the %s example', (name) => {
  it('installs the packed package', () => {
    const spec = `file:../../../bankside-${version}.tgz`;
    expect(read(`examples/showcase/${name}/package.json`)['dependencies']).toMatchObject({ bankside: spec });
    const locked = read(`examples/showcase/${name}/package-lock.json`)['packages']?.['node_modules/bankside'];
    expect(locked).toMatchObject({ version, resolved: spec, dependencies });
    expect(locked).not.toHaveProperty('integrity'); // each build is packed again
  });

  it('has a lockfile without a registry', () => {
    expect(readFileSync(`examples/showcase/${name}/package-lock.json`, 'utf8')).not.toMatch(
      /"resolved": *"http/,
    );
  });
});

describe.each(['react', 'angular'])('the minimal %s example', (name) => {
  it('has the packages of the showcase, whose build tests it', () => {
    const { dependencies, devDependencies } = read(`examples/minimal/${name}/package.json`);
    const showcase = read(`examples/showcase/${name}/package.json`);
    expect(showcase['dependencies']).toMatchObject(dependencies ?? {});
    const { '@angular/cli': _cli, ...tools } = devDependencies ?? {};
    expect(showcase['devDependencies']).toMatchObject(tools);
  });
});

describe('the channel of the showcase', async () => {
  const config: string = '../../examples/showcase/shared/config.js'; // which has no types here
  const { channelOptions } = (await import(/* @vite-ignore */ config)) as {
    channelOptions(config: object): HttpTransportOptions;
  };

  it.each([
    [null, 'include'],
    ['https://bank.example/session/token', 'same-origin'],
  ] as const)('with a token from %s, sends cookies to: %s', async (tokenUrl, credentials) => {
    vi.stubGlobal('fetch', async () => new Response('token'));
    onTestFinished(() => void vi.unstubAllGlobals());
    const sent: string[] = [];
    const config = {
      endpoints: { pserver: 'https://gateway.example/pserver' },
      tokenUrl,
      headers: {},
      sandbox: false,
    };
    const transport = httpTransport({
      ...channelOptions(config),
      fetch: async (address, options) => {
        sent.push(new Request(address, options).credentials);
        return Response.json({ ok: true });
      },
    });
    await new WidgetBridge({ transport }).send('pserver', { type: 'getInsights' });
    expect(sent).toEqual([credentials]);
  });
});
