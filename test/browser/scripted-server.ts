import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestProject } from 'vitest/node';

/** How one request is answered. */
export interface Step {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The server answers any other token with a 401. */
  readonly accepts?: string;
  /** `never`: the connection stays open without an answer. `half`: it closes in the middle of the answer. */
  readonly end?: 'never' | 'half';
}

/** One request that arrived, preflights aside. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the client closed the connection before it had an answer. */
  readonly aborted: boolean;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The origin of the scripted server, which differs from that of the tests' page. */
    scriptedServer: string;
  }
}

interface Script {
  readonly steps: Step[];
  readonly arrivals: (Arrival & { aborted: boolean })[];
}

/**
 * A real server whose answers a test in a browser scripts. The first part of a path names the script: `PUT
 * /{script}` sets its steps, `GET /{script}` returns the arrivals, and the steps answer all other requests, in
 * order. The last step is repeated. Without a step, the answer is `{"ok":true}`.
 */
export default async function startScriptedServer(project: TestProject): Promise<() => Promise<void>> {
  const scripts = new Map<string, Script>();
  const server = createServer(async (request, response) => {
    const name = request.url?.split('/')[1] ?? '';
    const script = scripts.get(name) ?? { steps: [], arrivals: [] };
    scripts.set(name, script);
    allowOrigins(request, response);
    const isOwn = request.url === `/${name}`;
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (isOwn && request.method === 'GET') response.end(JSON.stringify(script.arrivals));
    else if (isOwn && request.method === 'PUT') {
      script.steps.splice(0, Infinity, ...(JSON.parse(await text(request)) as Step[]));
      response.end();
    } else await answer(request, response, script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('scriptedServer', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

/** CORS as a bank's server has it for its own pages: any header, and credentials, but exposes no header. */
function allowOrigins({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', headers.origin ?? '*');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT');
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '*');
  response.setHeader('cache-control', 'no-store');
}

async function answer(request: IncomingMessage, response: ServerResponse, script: Script): Promise<void> {
  const { method = '', url = '', headers } = request;
  const arrival = { method, path: url, headers: headers as Arrival['headers'], body: '', aborted: false };
  response.once('close', () => {
    arrival.aborted = !response.writableFinished;
  });
  arrival.body = await text(request);
  script.arrivals.push(arrival);
  const { status = 200, headers: more = {}, body = '{"ok":true}', accepts, end } = nextStep(script);
  if (end === 'never') return;
  if (accepts !== undefined && headers['authtoken'] !== accepts) {
    response.writeHead(401).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...more });
  if (end !== 'half') response.end(body);
  else response.write(body, () => response.destroy());
}

function nextStep({ steps }: Script): Step {
  return (steps.length > 1 ? steps.shift() : steps[0]) ?? {};
}
