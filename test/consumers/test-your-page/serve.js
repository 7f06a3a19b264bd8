import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

// The bank's own development server, which prints its port: the page, and the files of its import map. It has
// no sandbox.

const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' };

createServer(async ({ url = '/' }, response) => {
  const path = url === '/' ? '/index.html' : url;
  try {
    const file = path.startsWith('/node_modules/') ? `..${path}` : `.${path}`;
    const text = await readFile(new URL(file, import.meta.url));
    response.setHeader('content-type', types[/\.\w+$/.exec(path)?.[0]] ?? 'text/plain').end(text);
  } catch {
    response.writeHead(404).end();
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
