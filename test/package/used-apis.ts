import data from '@mdn/browser-compat-data/forLegacyNode';
import type { SimpleSupportStatement, SupportBlock } from '@mdn/browser-compat-data/types';
import ts from 'typescript';

/** Versions by the names of browser-compat-data: `{ safari: '16.4' }`. */
export type Engines = Readonly<Record<string, string>>;

export interface Use {
  /** As a page writes it: `AbortSignal.any`, `Array.prototype.toSorted`, `structuredClone`. */
  readonly api: string;
  readonly file: string;
  /** Those that are too old for it. */
  readonly missing: readonly string[];
}

/** A name of the language's or the platform's, and what it belongs to. */
interface Name {
  readonly owner?: string;
  readonly isStatic?: boolean;
  readonly name: string;
}

/** Names that TypeScript gives to parts of what has one name on the platform. */
const platformNames: Readonly<Record<string, string>> = {
  ARIAMixin: 'Element',
  Body: 'Response',
  CSSStyleDeclarationBase: 'CSSStyleDeclaration',
  CallableFunction: 'Function',
  ChildNode: 'Element',
  Console: 'console',
  DocumentOrShadowRoot: 'ShadowRoot',
  ElementCSSInlineStyle: 'HTMLElement',
  HTMLOrSVGElement: 'HTMLElement',
  NavigatorID: 'Navigator',
  NavigatorLocks: 'Navigator',
  ParentNode: 'Element',
  WindowOrWorkerGlobalScope: 'Window',
};

/** As old as what they belong to, and no names of the platform's. */
const notLookedUp = new Set([
  'ImportMeta',
  'NumberFormat',
  'PromiseFulfilledResult',
  'PromiseRejectedResult',
  'PropertyDescriptor',
]);

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
  strict: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

/**
 * Everything of the language and the platform that these files use by its type, and that some engine does not have:
 * a method of an array is told from one of the same name that is the file's own.
 */
export function apisThatAreMissing(
  files: readonly string[],
  enginesOf: (file: string) => Engines,
): readonly Use[] {
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`${file} is not there`);
    const uses = namesIn(source, checker).map((name) => ({ api: written(name), support: supportOf(name) }));
    return uses.flatMap(({ api, support }) => {
      const missing = Object.entries(enginesOf(file)).filter(([engine, version]) => {
        return support && !isSupported(support, engine, version);
      });
      return missing.length ? [{ api, file, missing: missing.map((engine) => engine.join(' ')) }] : [];
    });
  });
}

function namesIn(source: ts.SourceFile, checker: ts.TypeChecker): readonly Name[] {
  const names = new Map<string, Name>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    for (const declaration of symbolAt(node, checker)?.declarations ?? []) {
      const name = nameOf(declaration);
      if (name) names.set(written(name), name);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...names.values()];
}

/** What a name stands for: a global, a property, or one that is taken out of an object: `const { locks } = navigator`. */
function symbolAt(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const key = node.propertyName ?? node.name;
    return ts.isIdentifier(key) ? checker.getTypeAtLocation(node.parent).getProperty(key.text) : undefined;
  }
  return ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
}

/** Of a declaration in TypeScript's own libraries. */
function nameOf(declaration: ts.Declaration): Name | undefined {
  if (!/\/typescript\/lib\/lib\.[^/]+$/.test(declaration.getSourceFile().fileName)) return undefined;
  const name = ts.getNameOfDeclaration(declaration)?.getText();
  if (name === undefined) return undefined;
  const { parent } = declaration;
  if (ts.isInterfaceDeclaration(parent)) {
    const [, owner = '', isConstructor] =
      /^(?:Readonly)?(.+?)(Constructor|Object)?$/.exec(parent.name.text) ?? [];
    return { owner: platformName(owner), isStatic: isConstructor === 'Constructor', name };
  }
  if (ts.isTypeLiteralNode(parent) && ts.isVariableDeclaration(parent.parent)) {
    return { owner: parent.parent.name.getText(), isStatic: true, name };
  }
  return ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration)
    ? { name }
    : undefined;
}

function platformName(owner: string): string {
  // Such as `CanvasRect`: a canvas has one context, which TypeScript has in twenty parts.
  if (/^Canvas[A-Z]/.test(owner)) return 'CanvasRenderingContext2D';
  return platformNames[owner] ?? owner;
}

function written({ owner, isStatic, name }: Name): string {
  if (owner === undefined) return name;
  return isStatic ? `${owner}.${name}` : `${owner}.prototype.${name}`;
}

function supportOf({ owner, isStatic, name }: Name): SupportBlock | undefined {
  const { api } = data;
  const { builtins } = data.javascript;
  const places = owner === undefined ? [api, builtins, api['Window']] : [api[owner], builtins?.[owner]];
  if (owner?.endsWith('Array')) places.push(builtins?.['TypedArray']);
  if (!places.some(Boolean) && !notLookedUp.has(`${owner}`)) {
    throw new Error(`${owner}.${name} is none of the platform's names: is it a part of one?`);
  }
  const keys = isStatic ? [`${name}_static`, name] : [name];
  const found = places.flatMap((place) => keys.map((key) => place?.[key])).find(Boolean);
  return found?.__compat?.support;
}

function isSupported(support: SupportBlock, engine: string, version: string): boolean {
  const statement = support[engine as keyof SupportBlock];
  // Nothing is known of this engine.
  if (statement === undefined) return true;
  return [statement].flat().some((each) => isThere(each, version));
}

function isThere(statement: SimpleSupportStatement, version: string): boolean {
  const {
    version_added: added,
    version_removed: removed,
    flags,
    prefix,
    alternative_name: alias,
  } = statement;
  if (flags || prefix || alias || typeof added !== 'string' || added === 'preview') return false;
  if (typeof removed === 'string' && isAtLeast(version, removed)) return false;
  return isAtLeast(version, added);
}

function isAtLeast(version: string, other: string): boolean {
  const [ours = [], theirs = []] = [version, other.replace('≤', '')].map((text) =>
    text.split('.').map(Number),
  );
  const difference = theirs.map((part, index) => (ours[index] ?? 0) - part).find((part) => part !== 0);
  return (difference ?? 0) >= 0;
}
