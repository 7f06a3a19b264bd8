import { randomUUID } from 'node:crypto';
import { readBody } from './read-body.js';
import { respondFile, respondJson, respondRefusal } from './respond.js';

const MOST_KEPT = 100;

/**
 * An app runs scripts in the page of its WebView, past the policy of that page. The stand-in for such an app is a page itself,
 * and may not: it hands each script in here, and has it loaded as a file, once.
 *
 * @returns {Record<string, import('./create-listener.js').Methods>}
 */
export function scriptRoutes() {
  /** @type {Map<string | null, string>} oldest first */
  const scripts = new Map();

  return {
    '/sandbox/scripts': {
      async POST(request, response) {
        const id = randomUUID();
        scripts.set(id, await readBody(request));
        for (const oldest of [...scripts.keys()].slice(0, -MOST_KEPT)) scripts.delete(oldest);
        respondJson(response, 201, { path: `/sandbox/scripts?id=${id}` });
      },
      GET({ url = '' }, response) {
        const id = new URLSearchParams(url.split('?')[1]).get('id');
        const script = scripts.get(id);
        if (script === undefined) return respondRefusal(response, 404, 'There is no such script.');
        scripts.delete(id);
        respondFile(response, { body: Buffer.from(script), type: 'text/javascript; charset=utf-8' });
      },
    },
  };
}
