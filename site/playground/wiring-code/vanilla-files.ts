import type { Settings } from '../settings.ts';
import { bridgeCode, bridgeImports, transportCode } from './bridge-code.ts';
import type { CodeFile } from './code-file.ts';
import { importOf, joinLines, joinParts } from './layout.ts';
import { hasPoller, pollerCode, wordsCode } from './poller-code.ts';
import { tokenCode } from './token-code.ts';
import { startCode, USER_CODE } from './widget-code.ts';

/** A page without a framework. */
export function vanillaFiles(settings: Settings): readonly CodeFile[] {
  return [
    { name: 'page.js', text: script(settings) },
    { name: 'index.html', text: page(settings) },
  ];
}

function script(settings: Settings): string {
  const isFollowing = hasPoller(settings);
  const names = ['widgetActions', ...bridgeImports(settings), ...(isFollowing ? ['QueuePoller'] : [])];
  const wiring = joinLines(
    isFollowing ? `const poller = ${pollerCode(settings)};` : undefined,
    `const transport = ${transportCode(settings, false)};`,
    `const bridge = ${bridgeCode(settings, isFollowing)};`,
    "bridge.on('failure', ({ error }) => console.warn(error.message));",
  );
  return joinParts(
    importOf('bankside', names),
    USER_CODE,
    wiring,
    startCode(settings),
    isFollowing ? wordsCode(false) : undefined,
    isFollowing ? FOLLOW : undefined,
    tokenCode(settings, false),
  );
}

const FOLLOW = `function showConnections() {
  const items = [...poller.connections.values()].map((connection) => {
    const item = document.createElement('li');
    item.textContent = \`\${connection.name}: \${wordsFor(connection)}\`;
    return item;
  });
  document.querySelector('#connections')?.replaceChildren(...items);
}

poller.subscribe(showConnections);
poller.on('failure', ({ error }) => console.warn(error.message));
poller.start().catch(() => {}); // the failure event says it`;

function page(settings: Settings): string {
  const connections = '\n    <h2>Your banks</h2>\n    <ul id="connections" aria-live="polite"></ul>';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Your money</title>
    <!-- With a bundler, you need no import map. -->
    <script type="importmap">
      { "imports": { "bankside": "/vendor/bankside.min.js" } }
    </script>
    <!-- Your vendor's scripts -->
    <script src="/vendor/personetics.js"></script>
    <script type="module" src="page.js"></script>
  </head>
  <body>
    <h1>Your money</h1>
    <div id="insights"></div>${hasPoller(settings) ? connections : ''}
  </body>
</html>
`;
}
