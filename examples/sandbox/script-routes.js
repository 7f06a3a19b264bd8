import { randomUUID } from 'node:crypto';

const MOST_KEPT = 100;

/**
 * An app runs scripts in the page of its WebView, past the policy of that page. The stand-in for such an app is a page itself,
 * and may not: it hands each script in here, and has it loaded as a file, once.
 *
 * @returns {(request: Request) => Promise<Response | undefined>}
 */
export function scriptRoutes() {
  /** @type {Map<string | null, string>} oldest first */
  const scripts = new Map();

  return async (request) => {
    if (request.method === 'POST') {
      const id = randomUUID();
      scripts.set(id, await request.text());
      for (const oldest of [...scripts.keys()].slice(0, -MOST_KEPT)) scripts.delete(oldest);
      return Response.json({ path: `/sandbox/scripts?id=${id}` }, { status: 201 });
    }
    const id = new URL(request.url).searchParams.get('id');
    const script = scripts.get(id);
    if (request.method !== 'GET' || script === undefined) return undefined;
    scripts.delete(id);
    return new Response(script, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });
  };
}
