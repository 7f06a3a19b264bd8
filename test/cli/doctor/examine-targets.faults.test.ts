import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../doctor/gateway/faults.ts';
import { RIGHT_BANKS } from '../../doctor/gateway/right-banks.ts';
import { type Gateway, rightGateway } from '../../doctor/gateway/right-gateway.ts';
import { examineBank, idsIn } from './fixtures/examine-bank.ts';

describe('a bank that is right', () => {
  it.each(RIGHT_BANKS.map((bank) => [bank.name, bank] as const))('gets no finding: %s', async (_, bank) => {
    const examination = await examineBank({ ...bank, names: ['pserver', 'enrich', 'ob', 'linxo', 'page'] });
    const severe = examination.findings.filter(({ severity }) => severity !== 'advice');
    expect(severe.map(({ id, subject, request, seen }) => [id, subject, request, seen])).toEqual([]);
    expect(idsIn(examination)).toEqual(bank.advice);
    const found = examination.checks.filter(({ result }) => result === 'found');
    expect(found.length > 0).toBe(bank.advice.length > 0);
  });
});

describe('a bank that is right for an app', () => {
  it.each(['null', 'capacitor://localhost', 'ionic://app.bank.example'])(
    'gets no finding: %s',
    async (origin) => {
      const gateway = (): Gateway => rightGateway({ origin });
      const examination = await examineBank({ gateway, settings: { origin }, names: ['pserver', 'linxo'] });
      expect(examination.findings).toEqual([]);
    },
  );
});

describe('a bank with one fault', () => {
  it.each(FAULTS.map((fault) => [fault.name, fault] as const))(
    'gets what is wrong, and nothing else: %s',
    async (_, fault) => {
      const { credentials = false } = fault;
      const examination = await examineBank({ changes: [fault], credentials });
      expect(idsIn(examination)).toEqual(fault.finds);
    },
  );
});

describe('a bank that does not allow the origin of the page', () => {
  const settings = { origin: 'https://new.bank.example' };

  it.each([
    ['403, as Spring does', { status: 403, body: 'Invalid CORS request' }],
    ['an empty 200, as Azure does', { status: 200, body: '' }],
  ])('gets findings of CORS alone: %s', async (_, refusal) => {
    const gateway = (): Gateway => ({ answer: () => ({ ...refusal, headers: [] }) });
    const { findings, checks } = await examineBank({ gateway, settings, names: ['pserver', 'linxo'] });
    const others = findings.filter(({ id }) => !/^preflight-|answer-origin$/.test(id));
    expect(others.map(({ id, seen }) => [id, seen])).toEqual([]);
    expect(checks.filter(({ result }) => result === 'fine')).toEqual([]);
  });
});
