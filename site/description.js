/** What a page is about: the first sentence below its title, without marks and links, or its title. */
export function descriptionOf(text) {
  const [, title = '', below = ''] =
    /^# (.*)\n+((?:(?![#|]).+\n)*)/m.exec(text.replace(CODE_BLOCKS, '')) ?? [];
  const words = plainWords(below || title);
  return /^.*?\.(?= |$)/.exec(words)?.[0] ?? words;
}

const CODE_BLOCKS = /^```[\s\S]*?^```$/gm;

function plainWords(markdown) {
  const words = markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
  return words
    .replace(/\\(?=\W)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
