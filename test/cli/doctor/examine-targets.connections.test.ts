import { describe, expect, it } from 'vitest';
import type { FindingId } from '../../../src/doctor/finding-id.ts';
import { PAGE_FAULTS } from '../../doctor/gateway/faults/page-faults.ts';
import { createAuthority } from '../../harness/authority.ts';
import type { ServerIdentity } from '../../harness/self-signed.ts';
import { selfSigned } from '../../harness/self-signed.ts';
import { type ExamineBankOptions, examineBank, idsIn } from './fixtures/examine-bank.ts';
import { answerWith, serveBytes, serveSecurely } from './fixtures/servers.ts';

const authority = createAuthority();
const trusted = { settings: { ca: authority.cert } };

type Versions = Parameters<typeof serveSecurely>[2];

function securely(identity: ServerIdentity, versions?: Versions): NonNullable<ExamineBankOptions['serve']> {
  return (listener) => serveSecurely(identity, listener as Parameters<typeof serveSecurely>[1], versions);
}

const RIGHT: readonly (readonly [string, ExamineBankOptions])[] = [
  ['HTTP/2 and HTTP/1.1', { ...trusted, serve: securely(authority.issue()) }],
  ['HTTP/2 alone', { ...trusted, serve: securely(authority.issue(), 'h2') }],
];

const WRONG: readonly (readonly [string, FindingId, ExamineBankOptions])[] = [
  ['that offers HTTP/1.1 alone', 'no-http2', { ...trusted, serve: securely(authority.issue(), 'http/1.1') }],
  ['that nobody trusts', 'certificate', { serve: securely(authority.issue()) }],
  ['with a certificate of its own', 'certificate', { serve: securely(selfSigned()) }],
  [
    'with a certificate that has expired',
    'certificate',
    { ...trusted, serve: securely(authority.issue({ until: new Date('2024-01-01') })) },
  ],
  [
    'with a certificate for another host',
    'certificate',
    { ...trusted, serve: securely(authority.issue({ hosts: ['other.bank.example'] })) },
  ],
  ['that accepts no connection', 'unreachable', { place: 'http://127.0.0.1:1' }],
  ['whose name is not known', 'unreachable', { place: 'https://gateway.invalid' }],
  ['that closes each connection', 'unreachable', { serve: () => serveBytes((socket) => socket.destroy()) }],
  [
    'that speaks another protocol',
    'not-http',
    { serve: () => serveBytes(answerWith('220 marked-body-4717\r\n')) },
  ],
  ['that does not answer', 'no-answer', { serve: () => serveBytes(() => {}), settings: { timeout: 300 } }],
  ['on plain HTTP', 'insecure-address', { place: 'http://gateway.bank.example' }],
];

describe('a bank with the right connection', () => {
  it.each(RIGHT)('gets no finding: %s', async (_, options) => {
    const { findings, checks } = await examineBank(options);
    expect(findings).toEqual([]);
    expect(checks.filter(({ result }) => result !== 'fine')).toEqual([]);
  });
});

describe('a bank with a fault of the connection', () => {
  it.each(WRONG)('gets one kind of finding: %s', async (_, id, options) => {
    expect(idsIn(await examineBank(options))).toEqual([id]);
  });

  /** Where the time is short, the page may not come in time either. */
  const quick = WRONG.filter(([, id]) => id !== 'no-answer');

  it.each(quick)('gets it beside a fault of the page: %s', async (_, id, options) => {
    for (const fault of PAGE_FAULTS.filter(({ name }) => name.includes('trusted types'))) {
      const ids = idsIn(await examineBank({ ...options, changes: [fault] }));
      expect(ids).toEqual([id, ...fault.finds].sort());
    }
  });

  it('is reported once for each server, and the rest of it is skipped', async () => {
    const { findings, checks } = await examineBank({ place: 'http://127.0.0.1:1' });
    expect(findings.map(({ subject }) => subject)).toEqual(['pserver', 'linxo']);
    const skipped = checks.filter(({ result }) => result === 'skipped');
    expect(skipped.map(({ subject }) => subject)).toEqual(['pserver', 'linxo']);
  });
});

it('a page that cannot be read is not examined, and says nothing of requests', async () => {
  const page = { name: 'page', url: new URL('http://127.0.0.1:1/accounts') } as const;
  const { findings, checks } = await examineBank({ settings: { targets: [page] } });
  expect(findings.map(({ id, subject }) => [id, subject])).toEqual([['unreachable', 'page']]);
  expect(findings[0]?.effect).toMatch(/^The page could not be read/);
  expect(checks).toHaveLength(1);
});
