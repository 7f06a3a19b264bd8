import assert from 'node:assert/strict';
import * as openTelemetry from '@opentelemetry/api';
import ky from 'ky';
import * as mswNode from 'msw/node';
import ts from 'typescript';
import * as zodMini from 'zod/mini';
import { bankside, monitoring, testing, testingServer, webViewHost } from './built.ts';
import type { Snippet } from './markdown.ts';

/** What snippets may import. */
const modules: Readonly<Record<string, object>> = {
  bankside,
  '@opentelemetry/api': openTelemetry,
  'bankside/monitoring': monitoring,
  'bankside/testing': testing,
  'bankside/testing/server': testingServer,
  'bankside/webview-host': webViewHost,
  ky: { __esModule: true, default: ky },
  'msw/node': mswNode,
  'node:assert/strict': { __esModule: true, default: assert },
  'zod/mini': zodMini,
};

/**
 * Runs a snippet as a module would be run.
 *
 * @param page The names that it takes for granted, and what they stand for.
 * @param own Modules that it gets in place of the usual ones, by name.
 * @returns What it declared, by name.
 */
export async function runSnippet(
  { code, language }: Snippet,
  page: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, object>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const { outputText } = ts.transpileModule(code, {
    fileName: `snippet.${language}`,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      allowJs: true,
      esModuleInterop: true,
    },
  });
  const names = Object.keys(page);
  // In a block of its own, where its declarations hide the page's.
  const body = `{ ${outputText}\nreturn { ${[...declaredIn(code), '...exports'].join(', ')} }; }`;
  const run = new AsyncFunction('require', 'exports', ...names, body);
  return run((name: string) => own[name] ?? load(name), {}, ...names.map((name) => page[name]));
}

const AsyncFunction = (async () => {}).constructor as new (
  ...namesAndBody: string[]
) => (...values: unknown[]) => Promise<Readonly<Record<string, unknown>>>;

function load(name: string): object {
  const module = modules[name];
  if (!module) throw new Error(`No snippet can import ${name}`);
  return module;
}

const notDeclared: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.DeclareKeyword,
  ts.SyntaxKind.ExportKeyword,
]);

/** The constants and variables at its top, but for those that it exports. */
function declaredIn(code: string): string[] {
  const { statements } = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.ES2022);
  return statements
    .filter(ts.isVariableStatement)
    .filter(({ modifiers }) => !modifiers?.some(({ kind }) => notDeclared.has(kind)))
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
}
