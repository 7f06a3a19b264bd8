import { createServer } from 'node:http';
import { listen } from './listen.js';

/**
 * Serves one script and an empty page. The page is cross-origin isolated, which gives it the browser's finest
 * clock.
 *
 * @param {string} script
 */
export async function serve(script) {
  const server = createServer((request, response) => {
    const isScript = request.url === '/script.js';
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(isScript ? script : '<!doctype html><title>bench</title>');
  });
  return listen(server);
}
