import ts from 'typescript';

/** An import in a file of `src`. Paths start in `src`; a package has its name. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

/** The rooms of `src`, folders or single files, and what each may import beside its own files. */
export type Rooms = Readonly<Record<string, readonly string[]>>;

/** The imports of a file: `import`, `export … from`, `import()`, and those of types. */
export function importsOf(from: string, code: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean): void => {
    if (specifier && ts.isStringLiteral(specifier))
      found.push({ from, to: resolve(from, specifier.text), isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, code, ts.ScriptTarget.Latest));
  return found;
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? new URL(specifier, `file:///${from}`).pathname.slice(1) : specifier;
}

/** Whether a path is this file or package, or inside it: `http/client.ts` is in `http`, `node:fs` in `node`. */
function isIn(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}:`);
}

/** The smallest room that holds a file. */
export function roomOf(path: string, rooms: Rooms): string | undefined {
  const holding = Object.keys(rooms).filter((room) => isIn(path, room));
  return holding.sort((one, other) => other.length - one.length)[0];
}

/** The files that stand in no room. */
export function strays(files: readonly string[], rooms: Rooms): string[] {
  return files
    .filter((file) => roomOf(file, rooms) === undefined)
    .map((file) => `src/${file} stands in no room of test/run/layers.test.ts`);
}

/** The imports that their file's room does not allow. */
export function forbidden(imports: readonly Import[], rooms: Rooms): string[] {
  return imports.flatMap(({ from, to, isType }) => {
    const room = roomOf(from, rooms) ?? '';
    const allowed = rooms[room] ?? [];
    const places = allowed.flatMap((place) => {
      if (!place.startsWith('type ')) return place;
      return isType ? place.slice('type '.length) : [];
    });
    if (roomOf(to, rooms) === room || places.some((place) => isIn(to, place))) return [];
    return `src/${from} imports ${to}, but ${room} may import only: ${allowed.join(', ') || 'nothing'}`;
  });
}

/** Cycles of imports, at least one for each group of files that import each other. */
export function cycles(imports: readonly Import[]): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    else if (!done.has(file))
      for (const { from, to } of imports) if (from === file) visit(to, [...path, file]);
    done.add(file);
  };
  for (const { from } of imports) visit(from, []);
  return found;
}
