import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixesFor, type GatewayName, type Remedy } from '../../../src/doctor/remedies.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';
import { apacheCommand } from './apache.ts';
import { type GatewayCommand, type GatewayProcess, isInstalled, startGateway } from './gateway-process.ts';
import { nginxCommand } from './nginx.ts';
import { TOKEN, upstream } from './upstream.ts';

const origin = 'https://www.bank.example';
const names = ['bankId'];
/** All that a page needs, as the doctor prints it. */
const REMEDIES: readonly Remedy[] = [
  { kind: 'open-preflight', origin, names, credentials: true },
  { kind: 'allow-origin', origin, credentials: true },
  { kind: 'one-origin', origin },
  { kind: 'allow-headers', names },
  { kind: 'allow-credentials', origin },
  { kind: 'max-age' },
  { kind: 'expose-header' },
  { kind: 'vary' },
  { kind: 'no-store' },
  { kind: 'body-size' },
  { kind: 'compression' },
  { kind: 'retry-after' },
  { kind: 'framing', directive: "frame-ancestors 'self'" },
];

const linesFor = (gateway: GatewayName): readonly string[] =>
  REMEDIES.map((remedy) => fixesFor(remedy).fixes?.[gateway] ?? '');

const commands: Readonly<Record<'nginx' | 'apache', (server: string) => GatewayCommand>> = {
  nginx: (server) => nginxCommand(server, linesFor('nginx')),
  apache: (server) => apacheCommand(server, linesFor('apache'), TOKEN),
};
const programs = { nginx: 'nginx', apache: 'apache2' };

describe.each(['nginx', 'apache'] as const)('the configuration that the doctor prints for %s', (name) => {
  const isMissing = !isInstalled(programs[name]);
  let server: LocalServer;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    if (isMissing) return;
    server = await serveLocally(upstream);
    gateway = await startGateway(commands[name](server.url));
  });

  afterAll(async () => {
    await gateway?.close();
    await server?.close();
  });

  const send = (path: string, init: RequestInit = {}, from = origin): Promise<Response> =>
    fetch(gateway.url + path, {
      method: 'POST',
      redirect: 'manual',
      ...init,
      headers: { origin: from, authToken: TOKEN, ...(init.headers as Record<string, string>) },
    });

  const ofPreflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authtoken',
  };

  it.skipIf(isMissing)('answers preflights before the token is checked', async () => {
    const headers = { ...ofPreflight, authToken: '' };
    const { status, headers: got } = await send('/200', { method: 'OPTIONS', headers });
    expect(status).toBe(204);
    expect(got.get('access-control-allow-origin')).toBe(origin);
    expect(got.get('access-control-allow-headers')).toBe('authorization, authToken, content-type, bankId');
    expect(got.get('access-control-allow-credentials')).toBe('true');
    expect(got.get('access-control-max-age')).toBe('7200');
    expect(got.get('vary')).toMatch(/\bOrigin\b/);
  });

  it.skipIf(isMissing).each([200, 204, 404, 410, 429, 500, 503])(
    'sends the headers once with an answer of the server: %i',
    async (expected) => {
      const { status, headers } = await send(`/${expected}`);
      expect(status).toBe(expected);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-expose-headers')).toBe('Location, Retry-After, Date');
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('vary')).toMatch(/\bOrigin\b/);
      expect(headers.get('location')).toMatch(/\/queues\/abc$/);
      expect(headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
    },
  );

  it.skipIf(isMissing).each([
    ['a 401, to a token that is not valid', '/200', 'wrong', 401],
    ['a 502 or 503, when the server behind is not there', '/nobody', TOKEN, name === 'nginx' ? 502 : 503],
  ])('sends them with answers of its own: %s', async (_what, path, authToken, expected) => {
    const { status, headers } = await send(path, { headers: { authToken } });
    expect(status).toBe(expected);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-expose-headers')).toBe('Location, Retry-After, Date');
  });

  it.skipIf(isMissing || name === 'apache')(
    'sends them with a 413, to a body that is too large',
    async () => {
      const { status, headers } = await send('/200', { body: 'x'.repeat(2_000_000) });
      expect(status).toBe(413);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  it.skipIf(isMissing)('passes on a body of 500 kB', async () => {
    expect((await send('/200', { body: 'x'.repeat(500_000) })).status).toBe(200);
  });

  it.skipIf(isMissing)('compresses JSON', async () => {
    const { headers } = await send('/200', { headers: { 'accept-encoding': 'gzip' } });
    expect(headers.get('content-encoding')).toBe('gzip');
  });

  it.skipIf(isMissing)('says how long to stay away', async () => {
    const path = name === 'nginx' ? '/limited' : '/429';
    await send(path);
    const { status, headers } = await send(path);
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('30');
  });

  it.skipIf(isMissing)('passes on how long the server behind asks to stay away', async () => {
    const { status, headers } = await send('/429/wait');
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('7');
  });

  it.skipIf(isMissing)('allows no other origin', async () => {
    for (const from of ['https://evil.example', `${origin}.evil.example`, 'https://wwwXbank.example']) {
      const { headers } = await send('/200', {}, from);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
