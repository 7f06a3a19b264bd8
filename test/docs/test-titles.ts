import { readFileSync } from 'node:fs';
import ts from 'typescript';

const FUNCTIONS: ReadonlySet<string> = new Set(['describe', 'it', 'test']);

/** The titles of the tests in a file and of their groups, as they are written: `it('…')`, `describe.each(rows)('…')`. */
function titlesIn(file: string): readonly string[] {
  const titles: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && FUNCTIONS.has(nameOf(node.expression))) {
      const [title] = node.arguments;
      if (title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title)))
        titles.push(ts.isStringLiteralLike(title) ? title.text : title.getText().slice(1, -1));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/** `it` of `it`, of `it.skipIf(…)`, and of `it.each(rows)`, which is called once more with the title. */
function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression))
    return nameOf(expression.expression);
  return '';
}

/** Whether this is a title in the file, or the words that one begins with. */
export function isTitleIn(file: string, words: string): boolean {
  return titlesIn(file).some((title) => title === words || title.startsWith(`${words} `));
}
