import { resolve } from 'node:path';
import ts from 'typescript';
import { declarations } from './bank-page.ts';
import type { Snippet } from './markdown.ts';
import { placeOf } from './pages.ts';

const shared: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ['node'],
  strict: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
};

/** JavaScript has no way to say what a parameter is. */
const byLanguage: Readonly<Record<string, ts.CompilerOptions>> = {
  ts: { ...shared, exactOptionalPropertyTypes: true },
  tsx: { ...shared, exactOptionalPropertyTypes: true, jsx: ts.JsxEmit.ReactJSX },
  js: { ...shared, noImplicitAny: false },
};

/** Checks snippets as modules of a project that has the built package, by its name. Returns what is wrong, by the place of the snippet. */
export function typeCheck(snippets: readonly Snippet[]): ReadonlyMap<string, readonly string[]> {
  const faults = new Map(snippets.map((snippet): [string, string[]] => [placeOf(snippet), []]));
  for (const [language, options] of Object.entries(byLanguage)) {
    check(
      snippets.filter((snippet) => snippet.language === language),
      options,
      faults,
    );
  }
  return faults;
}

function check(
  snippets: readonly Snippet[],
  options: ts.CompilerOptions,
  faults: ReadonlyMap<string, string[]>,
): void {
  // Beside package.json, from where the package finds itself by its name.
  const byFile = new Map(
    snippets.map((snippet, index): [string, Snippet] => [
      resolve(`snippet-${index}.${snippet.language}`),
      snippet,
    ]),
  );
  const bankPage = resolve('snippet-page.d.ts');
  const texts = new Map([
    [bankPage, declarations],
    ...[...byFile].map(([file, { code }]): [string, string] => [file, code]),
  ]);
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, target, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, target, ...rest)
      : ts.createSourceFile(file, text, target);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  for (const { file, start = 0, messageText } of ts.getPreEmitDiagnostics(program)) {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    const snippet = byFile.get(file?.fileName ?? '');
    if (!file || !snippet) throw new Error(`${file?.fileName ?? 'The project'}: ${message}`);
    const line = snippet.line + file.getLineAndCharacterOfPosition(start).line;
    faults.get(placeOf(snippet))?.push(`${snippet.file}:${line} ${message}`);
  }
}
