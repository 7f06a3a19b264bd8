import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { fixesFor, type Remedy } from '../../src/doctor/remedies.ts';
import { KINDS, ODD_DIRECTIVES, ODD_NAMES, safeDirective } from './fixtures/odd-remedies.ts';

type Gateway = 'spring' | 'envoy';

const origin = 'https://www.bank.example';

/** Each part that belongs in a place of its own, read. Parts in Java are left out. */
function partsFor(gateway: Gateway, remedy: Remedy): readonly unknown[] {
  const lines = fixesFor(remedy).fixes?.[gateway] ?? '';
  const parts = lines.split(/^(?=# )/m).filter((part) => !/\bin Java\b/.test(part));
  return parts.map((part) => {
    const document = parseDocument(part, { version: '1.1' });
    expect([...document.errors, ...document.warnings], part).toEqual([]);
    return document.toJS();
  });
}

it.each(KINDS)('Spring and Envoy can read the lines: %s', (kind) => {
  for (const gateway of ['spring', 'envoy'] as const) {
    for (const directive of ODD_DIRECTIVES) {
      for (const names of ODD_NAMES) {
        const parts = partsFor(gateway, { kind, origin, names, directive, credentials: true });
        for (const part of parts) expect(typeof (part ?? {})).toBe('object');
      }
    }
  }
});

it('keeps each name of a header a string', () => {
  const names = ['no', 'null', '1', '-', '1e3'];
  const all = ['authorization', 'authToken', 'content-type', ...names];
  const [spring] = partsFor('spring', { kind: 'allow-headers', names });
  const cors = { 'cors-configurations': { '[/**]': { 'allowed-headers': all } } };
  expect(spring).toMatchObject({ 'spring.cloud.gateway.server.webflux': { globalcors: cors } });
});

it.each(['policy', 'framing'] as const)('keeps each directive whole: %s', (kind) => {
  fc.assert(
    fc.property(safeDirective, (directive) => {
      const spring = JSON.stringify(partsFor('spring', { kind, directive }));
      expect(spring).toContain(`ResponseHeader=Content-Security-Policy, ${directive}"]`);
      expect(partsFor('envoy', { kind, directive })[0]).toMatchObject({
        response_headers_to_add: [{ header: { key: 'content-security-policy', value: directive } }],
      });
    }),
  );
});
