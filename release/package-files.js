// How files of the repository are changed when they are packed.
import { posix } from 'node:path';

/** @type {typeof import('./package-files.js').withOrigin} */
export function withOrigin(manifest, repository) {
  const address = addressOf(repository);
  return {
    ...manifest,
    repository: { type: 'git', url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` },
  };
}

/** @type {typeof import('./package-files.js').withPackedLinks} */
export function withPackedLinks(file, text, { isPacked, repository, version }) {
  const resolve = (link, label, target, title) => {
    if (/^(?:https?:|mailto:|#)/.test(target)) return link;
    const [path = '', anchor] = target.split('#');
    const place = posix.join(posix.dirname(file), path).replace(/\/$/, '');
    if (isPacked(place)) return link;
    if (!repository) return `${label} (\`${place}\`${title ? `: ${title}` : ''})`;
    const address = `${addressOf(repository)}/blob/v${version}/${place}${anchor ? `#${anchor}` : ''}`;
    return `[${label}](${address}${title ? ` "${title}"` : ''})`;
  };
  // What is written in a block of code is no link.
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .map((part) =>
      part.startsWith('```') ? part : part.replace(/\[([^\]]*)\]\(([^)\s]+)(?: "([^"]*)")?\)/g, resolve),
    )
    .join('');
}

function addressOf(repository) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new Error(`A repository is named owner/name, not ${repository}`);
  return `https://github.com/${repository}`;
}
