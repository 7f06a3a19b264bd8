// The page for an address that leads nowhere. A server shows it at any depth, so it uses no other file.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function writeNotFound(folder) {
  writeFileSync(
    join(folder, '404.html'),
    `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Page not found | bankside</title>
    <meta name="robots" content="noindex">
    <style>
      body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 20vh auto; padding: 0 1.5rem; }
    </style>
  </head>
  <body>
    <h1>Page not found</h1>
    <p>There is no page at this address. It may have moved.</p>
    <p><a href="./">The pages of this folder</a>, or <a href="../">one folder up</a></p>
  </body>
</html>
`,
  );
}
