import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDoctorFlags } from '../../src/cli/doctor/read-doctor-flags.ts';
import { readFlags } from '../../src/cli/sandbox/read-flags.ts';
import { usageOn } from '../../src/cli/sandbox/usage.ts';
import { ANSWERS } from '../../src/testing/server/answers-path.ts';
import { announcedExamples, examples, pageOf, pages, placeOf, snippetsIn } from './fixtures/pages.ts';
import { typeCheck } from './fixtures/type-check.ts';

const { name, version, scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string;
  version: string;
  scripts: Readonly<Record<string, string>>;
};

describe('the code', { timeout: 120_000 }, () => {
  const snippets = snippetsIn('ts', 'tsx', 'js');
  const code =
    "import { WidgetBridge } from 'bankside';\nnew WidgetBridge({ transport, timeOut: 5 });\nbridge.atach({});";
  const wrong = ['js', 'ts'].map((language) => ({
    file: `docs/${language}.md`,
    line: 10,
    language,
    code,
    heading: '',
  }));
  let faults: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    faults = typeCheck([...snippets, ...wrong]);
  }, 120_000);

  it.each(snippets.map(placeOf))('of %s compiles against the built package', (place) => {
    expect(faults.get(place)).toEqual([]);
  });

  it('of every docstring that announces an example is there', () => {
    expect(examples).toHaveLength(announcedExamples);
  });

  it.each(wrong.map(({ file }) => file))('that is wrong is found where it stands (%s)', (file) => {
    expect(faults.get(`${file}:10`)).toEqual([
      expect.stringMatching(`^${file}:11 .*'timeOut' does not exist in type 'BridgeOptions'`),
      expect.stringMatching(`^${file}:12 .*'atach' does not exist on type 'WidgetBridge'`),
    ]);
  });
});

describe('the blocks of the pages', () => {
  // Those of the gateway have a test of their own, in test/pages.
  const policies = snippetsIn('http').filter(({ file }) => file !== 'docs/gateway.md');

  // Of Swift, Kotlin and Dart it is tested that they say they are not.
  it('are in a language that is tested', () => {
    const languages = pages.flatMap(({ snippets }) => snippets.map(({ language }) => language));
    expect([...new Set(languages)].sort()).toEqual([
      'dart',
      'html',
      'http',
      'js',
      'json',
      'kotlin',
      'sh',
      'svelte',
      'swift',
      'ts',
      'tsx',
      'vue',
      'yaml',
    ]);
  });

  it('begin with the two commands, each in a block of its own', () => {
    const [first, second] = pageOf('README.md').snippets;
    expect(first).toMatchObject({ language: 'sh', code: 'npm ci && npm start' });
    expect(second).toMatchObject({ language: 'sh', code: 'npm ci && npm test' });
  });

  it.each(snippetsIn('json').map((snippet) => [placeOf(snippet), snippet.code]))(
    '%s is JSON',
    (_at, code) => {
      expect(() => JSON.parse(code)).not.toThrow();
    },
  );

  it.each(snippetsIn('html').map((snippet) => [placeOf(snippet), snippet.code]))(
    '%s has no inline script, and names files that exist',
    (_at, code) => {
      expect(code).not.toMatch(/<script(?![^>]* src=)/);
      const sources = [...code.matchAll(/src="\/vendor\/([^"]+)"/g)].map(([, path = '']) => path);
      expect(sources).not.toEqual([]);
      expect(sources.filter((path) => !existsSync(join('dist', basename(path))))).toEqual([]);
    },
  );

  it.each(policies.map((snippet) => [placeOf(snippet), snippet.code]))(
    '%s is the policy that real engines are tested under',
    (_at, code) => {
      const [header, policy] = code.split(': ');
      expect(header).toBe('Content-Security-Policy');
      for (const test of ['script-tag.test.ts', 'csp/csp.test.ts']) {
        expect(readFileSync(join('test/pages', test), 'utf8')).toContain(`"${policy}"`);
      }
    },
  );
});

describe('a command', () => {
  const verbs = [
    'ci',
    'install',
    'pack',
    'start',
    'test',
    ...Object.keys(scripts).map((script) => `run ${script}`),
  ];
  const documented = readFileSync('examples/sandbox/README.md', 'utf8');
  const commands = snippetsIn('sh').flatMap((snippet) =>
    snippet.code
      .replace(/\\\n\s*/g, '')
      .split(/\n|&&/)
      .map((command) => [placeOf(snippet), command.trim()] as const),
  );

  /** The arguments of `npx bankside`, as a shell splits them. */
  const ours = (command: string): string[] | undefined => {
    const line = /^(?:BANKSIDE_\w+=(?:"[^"]*"|\S+) )*npx bankside (.+)$/.exec(command)?.[1];
    return line?.match(/'[^']*'|"[^"]*"|\S+/g)?.map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
  };
  const isOurs = (command: string) => ours(command) !== undefined;
  /** Keeps a token for `bankside doctor` out of the history of the shell. */
  const isToken = (command: string) => /^(?:read -rs|export) BANKSIDE_[A-Z_]+$/.test(command);
  /** The command prints it, and a test there sends it. */
  const isAnswer = (command: string) =>
    command === `curl -X POST http://127.0.0.1:4173${ANSWERS}` && usageOn('linux').includes(command);
  /** It is run in test/pages/service-worker. */
  const isOfMsw = (command: string) => /^npx msw init \w+ --save$/.test(command);

  it.each(commands.filter(([, command]) => isOurs(command)))(
    'of %s has flags that there are: %s',
    (_at, command) => {
      const [name, ...args] = ours(command) ?? [];
      if (name === 'doctor') expect(readDoctorFlags(args, {})).toBeDefined();
      else {
        expect(name).toBe('sandbox');
        expect(readFlags(args)).toMatchObject({ kind: 'serve' });
      }
    },
  );

  const others = commands.filter(
    ([, command]) => ![isOurs, isOfMsw, isAnswer, isToken].some((isKnown) => isKnown(command)),
  );

  it.each(others)('of %s can be given: %s', (_at, command) => {
    const [, variables = '', verb, file] = /^((?:\w+=\S+ )*)npm (run \S+|\S+) ?(.*)$/.exec(command) ?? [];
    expect(verbs).toContain(verb);
    if (file) expect(basename(file)).toBe(`${name}-${version}.tgz`);
    for (const [, variable] of variables.matchAll(/(\w+)=/g)) expect(documented).toContain(`\`${variable}\``);
  });

  it.each(
    pages.flatMap(({ file, text }) => [...text.matchAll(/npm (run \w+)/g)].map(([, verb]) => [file, verb])),
  )('that the words of %s name is there: %s', (_file, verb) => {
    expect(verbs).toContain(verb);
  });
});
