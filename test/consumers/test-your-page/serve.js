import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

// The bank's own development server, on a port that it says: its page, and what an import map leads to. No sandbox is in it.

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
