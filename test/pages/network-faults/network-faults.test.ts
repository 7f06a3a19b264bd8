import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pageOf } from '../../docs/fixtures/pages.ts';
import { engineUnderTest } from '../../engines/engine-under-test.ts';
import { bundlePage } from '../bundle-page.ts';
import { type ConsoleReader, openConsole, type Shown } from './console.ts';
import { type Fault, type FaultyBank, faults, openFaultyBank } from './faults.ts';

const columns = { chromium: 2, firefox: 3, webkit: 4 };

const page = pageOf('docs/errors.md');

/** The rows of docs/errors.md: the fault, what arrives at the gateway, and the words of each console. */
const rows = page.tables
  .filter(({ rows: [head] }) => head?.[columns.firefox] === 'Firefox')
  .flatMap((table) => table.rows.slice(1));

const aboutCors =
  page.tables.find(({ heading }) => heading === 'What the browser says about CORS')?.rows ?? [];
/** The words that each engine writes about every fault of CORS. */
const [common = ''] = [...page.text.matchAll(/^- (Chromium|Firefox|WebKit)\b.*`([^`]+)`$/gm)]
  .filter(([, engine = '']) => engine.toLowerCase() === engineUnderTest)
  .map(([, , words = '']) => words);

describe(`what the console says of a failed request, in ${engineUnderTest}`, () => {
  let reader: ConsoleReader;
  let script: string;
  let bank: FaultyBank | undefined;

  beforeAll(async () => {
    [script, reader] = await Promise.all([
      bundlePage('test/pages/network-faults/page.ts'),
      openConsole(engineUnderTest),
    ]);
  });
  afterEach(() => bank?.close());
  afterAll(() => reader?.close());

  function show(name: string, fault: Fault, { address }: FaultyBank): Promise<Shown> {
    if (fault.ask !== 'wait' || !reader.readAfter) return reader.read(address);
    return reader.readAfter(address, name === 'The browser is offline' ? 'offline' : 'blocked');
  }

  it('S5: the page of errors has a row for each fault', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(faults));
  });

  it('S5: the page of errors has words for every fault of CORS', () => {
    expect(common).not.toBe('');
    expect(aboutCors.length).toBeGreaterThan(5);
  });

  const shown = rows.filter((row) => row[columns[engineUnderTest]] !== '–');

  it.each(shown)('S5: %s', async (name = '', arrives = '', ...words) => {
    const fault = faults[name] ?? {};
    bank = await openFaultyBank(fault, script);
    const { title, lines } = await show(name, fault, bank);

    expect(title).toBe('NETWORK: The network failed (getInsights to pserver)');
    const isCors = aboutCors.some(([other]) => other === name);
    if (isCors) await expect.poll(() => lines).toContainEqual(expect.stringMatching(patternOf(common)));
    const said = [...(words[columns[engineUnderTest] - 2] ?? '').matchAll(/`([^`]+)`/g)];
    for (const [, word = ''] of said) {
      await expect.poll(() => lines).toContainEqual(expect.stringMatching(patternOf(word)));
    }
    if (said.length === 0) {
      const isEnd = (line: string): boolean => line.includes('The request is over');
      await expect.poll(() => lines.some(isEnd)).toBe(true);
      expect(lines.filter((line) => !isEnd(line))).toEqual([]);
    }
    expect([...new Set(bank.arrived)]).toEqual(arrives.match(/OPTIONS|POST/g) ?? []);
  });
});

/** The words with anything in the place of each “…”. */
function patternOf(words: string): RegExp {
  return new RegExp(
    words
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  );
}
