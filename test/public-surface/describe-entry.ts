import ts from 'typescript';

const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

/** What an entry exports, as its users see it: a line for each name, and one for each member of what has members. */
export function describeEntries(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const config = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, process.cwd());
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  return new Map(
    files.map((file) => {
      const source = program.getSourceFile(file);
      const module = source && checker.getSymbolAtLocation(source);
      if (!module) throw new Error(`${file} exports nothing`);
      const exported = checker.getExportsOfModule(module).sort(byName);
      return [file, exported.flatMap((symbol) => describeExport(checker, symbol, source)).map(inOrder)];
    }),
  );
}

function describeExport(checker: ts.TypeChecker, symbol: ts.Symbol, source: ts.SourceFile): string[] {
  const { name } = symbol;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const text = (type: ts.Type): string => checker.typeToString(type, source, flags);
  if (target.flags & ts.SymbolFlags.Class) {
    const statics = checker.getTypeOfSymbol(target).getConstructSignatures();
    const made = statics.map((signature) => `  new ${checker.signatureToString(signature, source, flags)}`);
    return [`class ${name}`, ...made, ...describeMembers(checker, target, source)];
  }
  if (target.flags & ts.SymbolFlags.Function)
    return [`function ${name}: ${text(checker.getTypeOfSymbol(target))}`];
  if (target.flags & ts.SymbolFlags.Value) return [`const ${name}: ${text(checker.getTypeOfSymbol(target))}`];
  const members = describeMembers(checker, target, source);
  const type = checker.getDeclaredTypeOfSymbol(target);
  if (members.length && !type.isUnion()) return [`type ${name}`, ...members];
  return [`type ${name} = ${checker.typeToString(type, source, flags | ts.TypeFormatFlags.InTypeAlias)}`];
}

/** The compiler names the members of a union in the order in which it has met them, wherever that was. */
function inOrder(line: string): string {
  return line.replace(/"[^"]*"(?: \| "[^"]*")+/g, (union) => union.split(' | ').sort().join(' | '));
}

function describeMembers(checker: ts.TypeChecker, owner: ts.Symbol, source: ts.SourceFile): string[] {
  const type = checker.getDeclaredTypeOfSymbol(owner);
  const isInherited = (member: ts.Symbol): boolean =>
    member.declarations?.every((declaration) =>
      declaration.getSourceFile().fileName.includes('node_modules'),
    ) ?? true;
  return (type.flags & ts.TypeFlags.Object ? checker.getPropertiesOfType(type) : [])
    .filter((member) => !isPrivate(member) && !isInherited(member))
    .map((member) => {
      const readonly = isReadonly(member) ? 'readonly ' : '';
      const optional = member.flags & ts.SymbolFlags.Optional ? '?' : '';
      const memberType = checker.typeToString(checker.getTypeOfSymbol(member), source, flags);
      return `  ${readonly}${member.name.replace(/^__@(\w+)@\d+$/, '[Symbol.$1]')}${optional}: ${memberType}`;
    })
    .sort();
}

function isPrivate({ valueDeclaration }: ts.Symbol): boolean {
  const name = valueDeclaration && ts.getNameOfDeclaration(valueDeclaration);
  return name !== undefined && ts.isPrivateIdentifier(name);
}

function isReadonly({ declarations }: ts.Symbol): boolean {
  return (
    declarations?.some((one) => (ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly) !== 0) ?? false
  );
}

function byName(one: ts.Symbol, other: ts.Symbol): number {
  return one.name < other.name ? -1 : 1;
}
