import ts from 'typescript';

/** Declarations of packages and of the compiler, shared by all programs of this process. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/**
 * A host that parses each declaration file of a package once, for all programs: parsing those of the DOM and of
 * Node takes longer than a test.
 *
 * @param texts Files that are not on the disk, by absolute path.
 */
export function compilerHost(
  options: ts.CompilerOptions,
  texts: ReadonlyMap<string, string> = new Map(),
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, how, ...rest) => {
    const text = texts.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, how);
    if (!file.includes('/node_modules/')) return getSourceFile(file, how, ...rest);
    const format = typeof how === 'object' ? how.impliedNodeFormat : undefined;
    const key = `${format} ${file}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, withoutComments(how), ...rest));
    return parsed.get(key);
  };
  return host;
}

/** Skips the comments of packages, except those that change a type. */
function withoutComments(how: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.CreateSourceFileOptions {
  const options = typeof how === 'object' ? how : { languageVersion: how };
  return { ...options, jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors };
}
