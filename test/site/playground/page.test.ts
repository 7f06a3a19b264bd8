import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeScope, KIND_WORDS } from '../../../site/playground/page/fault-words.ts';
import { FAULT, PARAMETERS } from '../../../site/playground/parameters.ts';
import { readSettings } from '../../../site/playground/read-settings.ts';
import { FAULT_KINDS } from '../../../src/testing/faults/read-fault.ts';

const html = readFileSync('site/playground/index.html', 'utf8');

/** The start tag of the control with this id. */
function tagOf(id: string): string {
  return html.match(new RegExp(`<[^>]*\\bid="${id}"[^>]*>`))?.[0] ?? '';
}

/** The values that the list or the radio buttons of a setting offer. */
function offered(key: string): (string | undefined)[] {
  const [, body = ''] = html.split(tagOf(key));
  const [list = ''] = body.split(/<\/select>|<\/fieldset>/);
  return [...list.matchAll(/ value="([^"]*)"/g)].map(([, value]) => value);
}

describe('the page of the playground', () => {
  it.each(Object.entries(PARAMETERS))(
    'offers what can stand in the address as %s, and no more',
    (_, rules) => {
      if ('words' in rules) {
        expect(offered(rules.key).sort()).toEqual([...rules.words].sort());
      } else {
        const { key, low, high, isWhole } = rules;
        const tag = tagOf(key);
        expect(tag).toContain(`min="${low}" max="${high}" step="${isWhole ? 1 : 'any'}"`);
      }
    },
  );

  it('has a name and an explanation for each kind of fault', () => {
    expect(Object.keys(KIND_WORDS).sort()).toEqual(Object.keys(FAULT_KINDS).sort());
  });

  it('shows the defaults before its script has run', () => {
    const { settings } = readSettings('');
    for (const rules of Object.values(PARAMETERS)) {
      if ('words' in rules) expect(offered(rules.key)[0]).toBe(settings[rules.key]);
      else expect(tagOf(rules.key)).toContain(`value="${settings[rules.key]}"`);
    }
  });

  it('has examples of which nothing is left out', () => {
    const [, list = ''] = html.split('id="examples"');
    const links = [...(list.split('</ul>')[0] ?? '').matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) {
      const { search } = new URL(link?.replaceAll('&amp;', '&') ?? '', 'https://host.example');
      expect(readSettings(search).leftOut).toEqual([]);
      if (search.includes(FAULT)) expect(readSettings(search).settings.faults).not.toEqual([]);
    }
  });
});

describe('a fault in words', () => {
  it.each([
    [{ kind: 'never' }, 'any server, next request'],
    [{ kind: 'slow', server: 'enrich', ms: 3000, count: 2 }, 'enrich, 3000 ms, next 2 requests'],
    [
      { kind: 'error', type: 'getInsights', status: 503 },
      'any server, getInsights, status 503, next request',
    ],
    [{ kind: 'lost', probability: 0.25 }, 'linxo, 25 % of requests'],
  ] as const)('%o: %s', (fault, words) => {
    expect(describeScope(fault)).toBe(words);
  });
});
