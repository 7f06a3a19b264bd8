import { resolve } from 'node:path';
import ts from 'typescript';

type Entry =
  | 'bankside'
  | 'bankside/angular'
  | 'bankside/inspector'
  | 'bankside/monitoring'
  | 'bankside/react'
  | 'bankside/testing'
  | 'bankside/testing/doubles'
  | 'bankside/testing/server'
  | 'bankside/webview-host';

const entries: Readonly<Record<Entry, string>> = {
  bankside: resolve('dist/index.d.ts'),
  'bankside/angular': resolve('dist/angular.d.ts'),
  'bankside/inspector': resolve('dist/inspector.d.ts'),
  'bankside/monitoring': resolve('dist/monitoring.d.ts'),
  'bankside/react': resolve('dist/react.d.ts'),
  'bankside/testing': resolve('dist/testing/index.d.ts'),
  'bankside/testing/doubles': resolve('dist/testing/doubles.d.ts'),
  'bankside/testing/server': resolve('dist/testing/server/index.d.ts'),
  'bankside/webview-host': resolve('dist/webview-host.d.ts'),
};
export const allEntries: readonly Entry[] = Object.keys(entries) as Entry[];
const program = ts.createProgram(Object.values(entries), {
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  module: ts.ModuleKind.ESNext,
  types: [],
  skipLibCheck: true,
});
const checker = program.getTypeChecker();

/** What the declarations say of one member. */
export interface Member {
  readonly name: string;
  /** As its docstring says. */
  readonly default: string | undefined;
}

/** The names that an entry exports as values. */
export function valuesOf(entry: Entry): readonly string[] {
  return exportsOf(entry)
    .filter((symbol) => resolved(symbol).flags & ts.SymbolFlags.Value)
    .map(({ name }) => name);
}

/** The members of a type that an entry exports, but for private ones and those that have a symbol for a name. */
export function membersOf(entry: Entry, name: string): readonly Member[] {
  return typeOf(entry, name)
    .getProperties()
    .filter((member) => /^[a-z]/i.test(member.name))
    .map((member) => ({
      name: member.name,
      default:
        ts.displayPartsToString(member.getJsDocTags(checker).find((tag) => tag.name === 'default')?.text) ||
        undefined,
    }));
}

/** The members of a union of strings that an entry exports, or that a member of what it exports has for a type. */
export function alternativesOf(entry: Entry, name: string, ...members: string[]): readonly string[] {
  const type = members.reduce(
    (owner, member) => {
      const property = owner.getProperty(member);
      if (!property) throw new Error(`${name} has no ${member}`);
      return checker.getTypeOfSymbol(property);
    },
    typeOf(entry, name),
  );
  if (!type.isUnion()) throw new Error(`${name} ${members.join('.')} is no union`);
  return type.types.flatMap((one) => (one.isStringLiteral() ? [one.value] : []));
}

/** The names of the fields that a member of an exported type has. */
export function fieldsOf(entry: Entry, name: string, member: string): string[] {
  const property = typeOf(entry, name).getProperty(member);
  if (!property) throw new Error(`${name} has no ${member}`);
  return checker
    .getTypeOfSymbol(property)
    .getProperties()
    .map((field) => field.name);
}

function typeOf(entry: Entry, name: string): ts.Type {
  const symbol = exportsOf(entry).find((known) => known.name === name);
  if (!symbol) throw new Error(`${entry} does not export ${name}`);
  return checker.getDeclaredTypeOfSymbol(resolved(symbol));
}

function exportsOf(entry: Entry): ts.Symbol[] {
  const file = program.getSourceFile(entries[entry]);
  const module = file && checker.getSymbolAtLocation(file);
  if (!module) throw new Error(`${entries[entry]} is not built`);
  return checker.getExportsOfModule(module);
}

function resolved(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
