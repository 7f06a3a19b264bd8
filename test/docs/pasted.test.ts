import { beforeAll, describe, expect, it } from 'vitest';
import { placeOf, snippetsIn } from './fixtures/pages.ts';
import { typeCheck } from './fixtures/type-check.ts';
import { unexplainedNames } from './fixtures/unexplained-names.ts';

/** Who pastes a snippet must know what its names stand for: those of the reader's own project, and the vendor's. */
describe('the names of the reader’s project', { timeout: 120_000 }, () => {
  const snippets = snippetsIn('ts', 'tsx', 'js').filter(({ file }) => file.endsWith('.md'));
  const code = 'bridge.attach(window.personetics);\nexport const page = { poller };';
  const wrong = { file: 'docs/react.md', line: 1, language: 'tsx', heading: '', code };
  let unexplained: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    unexplained = unexplainedNames([...snippets, wrong]);
  }, 120_000);

  it.each(snippets.map(placeOf))('are explained before the snippet at %s', (place) => {
    expect(unexplained.get(place)).toEqual([]);
  });

  it('are found where no word explains them', () => {
    expect(unexplained.get(placeOf(wrong))).toEqual(['bridge', 'personetics', 'poller']);
  });
});

describe('JavaScript in the docs', { timeout: 120_000 }, () => {
  // The server of a gateway in Node, and a page of the vendor's own samples.
  const inJavaScript = ['docs/gateway.md', 'The page before'];
  const snippets = snippetsIn('js').filter(
    ({ file, heading }) => !inJavaScript.includes(file) && !inJavaScript.includes(heading),
  );
  let faults: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    faults = typeCheck(snippets.map((snippet) => ({ ...snippet, language: 'ts' })));
  }, 120_000);

  it.each(snippets.map(placeOf))('compiles in a TypeScript project, too: %s', (place) => {
    expect(faults.get(place)).toEqual([]);
  });
});
