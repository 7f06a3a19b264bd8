import { type Node, parse } from 'acorn';

/**
 * Where a script or module could make code from text: each mention of the globals `eval` and `Function`, with the code around it.
 * A mention is enough, since `const F = Function; new F('')` is a way, too.
 */
export function codeFromText(code: string, sourceType: 'module' | 'script'): string[] {
  const found: string[] = [];
  visit(parse(code, { ecmaVersion: 'latest', sourceType }));
  return found;

  function visit(node: Node): void {
    const { name } = node as { name?: unknown };
    if (node.type === 'Identifier' && (name === 'eval' || name === 'Function'))
      found.push(code.slice(node.start - 40, node.end + 40));
    for (const [key, value] of Object.entries(node)) {
      if (isNameOnly(node, key)) continue;
      for (const child of [value].flat()) if (isNode(child)) visit(child);
    }
  }
}

/** Whether a child is the name of a member, and no reference: `error.eval`, `{ eval: 1 }`. */
function isNameOnly(node: Node, key: string): boolean {
  const { computed } = node as { computed?: boolean };
  if (computed) return false;
  return node.type === 'MemberExpression' ? key === 'property' : key === 'key';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
