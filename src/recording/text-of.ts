import { stringify } from '../text/stringify.ts';
import type { Recording } from './recording.ts';

/** The text of a file: JSON, one request or step a line, so that two files can be compared by lines. */
export function textOf({ requests, queue, ...head }: Recording): string {
  const fields = Object.entries(head).map(([name, value]) => `"${name}": ${stringify(value)}`);
  fields.push(`"requests": ${listOf(requests, '  ')}`);
  if (queue) {
    const connections = `    "connections": ${listOf(queue.connections, '    ')}`;
    const steps = `    "steps": ${listOf(queue.steps, '    ')}`;
    fields.push(`"queue": {\n${connections},\n${steps}\n  }`);
  }
  return `{\n  ${fields.join(',\n  ')}\n}\n`;
}

function listOf(values: readonly object[], indent: string): string {
  if (values.length === 0) return '[]';
  return `[\n${values.map((value) => `    ${stringify(value)}`).join(',\n')}\n${indent}]`;
}
