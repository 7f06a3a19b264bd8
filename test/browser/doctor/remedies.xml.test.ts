import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixesFor, type Remedy } from '../../../src/doctor/remedies.ts';
import { KINDS, ODD_DIRECTIVES, ODD_NAMES, safeDirective } from '../../doctor/fixtures/odd-remedies.ts';

const origin = 'https://www.bank.example';

/** The lines for Azure, read as XML. */
function elementsFor(remedy: Remedy): Element {
  const lines = fixesFor(remedy).fixes?.azure ?? '';
  const { documentElement } = new DOMParser().parseFromString(`<policies>${lines}</policies>`, 'text/xml');
  expect(documentElement.querySelector('parsererror')?.textContent, lines).toBeUndefined();
  return documentElement;
}

it.each(KINDS)('Azure can read the lines: %s', (kind) => {
  for (const directive of ODD_DIRECTIVES) {
    for (const names of ODD_NAMES) {
      const policies = elementsFor({ kind, origin, names, directive, credentials: true });
      expect(policies.localName).toBe('policies');
    }
  }
});

it.each(['policy', 'framing'] as const)('keeps each directive whole: %s', (kind) => {
  fc.assert(
    fc.property(safeDirective, (directive) => {
      expect(elementsFor({ kind, directive }).querySelector('value')?.textContent).toBe(directive);
    }),
  );
});

it("lists the page's origin and headers", () => {
  const policies = elementsFor({ kind: 'allow-origin', origin, names: ['bankId'], credentials: true });
  const texts = (selector: string) => [...policies.querySelectorAll(selector)].map((one) => one.textContent);
  expect(texts('allowed-origins > origin')).toEqual([origin]);
  expect(texts('allowed-headers > header')).toEqual(['authorization', 'authToken', 'content-type', 'bankId']);
  expect(policies.querySelector('cors')?.getAttribute('allow-credentials')).toBe('true');
});
