import { element } from '../../../examples/showcase/shared/dom/element.js';

// Comments, strings, tags, and words of the language. Whatever else there is stays plain.
const TOKENS =
  /(?<comment>\/\/.*|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)|(?<word>\b(?:import|from|export|default|const|let|function|async|await|return|new|if|else|class|type|interface|try|catch|throw|null|undefined|true|false|readonly|declare|as)\b)|(?<number>\b\d[\d_]*\b)/g;

/** Code as parts of a `<code>`, coloured by the class of each. */
export function highlight(code: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let end = 0;
  for (const { index, 0: text, groups = {} } of code.matchAll(TOKENS)) {
    const [kind] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
    parts.push(code.slice(end, index), element('span', { class: `code-${kind}` }, text));
    end = index + text.length;
  }
  return [...parts, code.slice(end)];
}
