import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Sandbox, SandboxOptions } from '../../../src/testing/index.ts';
import { testing } from '../../docs/fixtures/built.ts';
import { serveLocally } from '../../harness/local-server.ts';
import { documentedExample, documentedPolicy } from './documented.ts';
import { serve } from './serve.ts';

/** One request as it arrived at the gateway. */
interface Arrived {
  readonly method: string;
  readonly path: string;
  /** Of a preflight: the headers in its Access-Control-Request-Headers, in lower case. */
  readonly requested: readonly string[];
  /** The headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An omission from what the docs require. */
export interface Omission {
  /** Changes an answer before it goes out: its headers, or its status. */
  readonly strip?: (response: ServerResponse, request: IncomingMessage) => void;
  /** Changes the page's policy. */
  readonly policy?: (policy: string) => string;
}

/** A bank whose page and gateway stand on two origins, with the servers behind the gateway. */
export interface Bank {
  readonly pageUrl: string;
  readonly gatewayUrl: string;
  readonly sandbox: Sandbox;
  readonly arrived: readonly Arrived[];
  close(): Promise<void>;
}

const html =
  '<!doctype html><head><script src="/bankside.js"></script><script src="/page.js"></script></head>';
const watching = `window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));`;

/** Opens a new bank for each test, since browsers cache preflights by address. */
export async function openBank(omission: Omission = {}, options: SandboxOptions = {}): Promise<Bank> {
  const sandbox = testing.createSandbox({ ...options, linxo: { readHeaders: {}, ...options.linxo } });
  const arrived: Arrived[] = [];
  const files: Record<string, [type: string, content: string | (() => string)]> = {
    '/': ['text/html', html],
    '/page.js': ['text/javascript', watching],
    '/bankside.js': ['text/javascript', readFileSync('dist/bankside.iife.min.js', 'utf8')],
    '/session/token': ['text/plain', () => sandbox.issueToken()],
    '/session/access-token': ['text/plain', () => sandbox.issueAccessToken()],
  };

  const gateway = await serveLocally((request, response) => {
    record(arrived, request, response);
    stripLate(request, response, omission.strip);
    if (!allow(request, response)) void serve(sandbox.handlers, request, response);
  });
  const policy = documentedPolicy(gateway.url);
  const page = await serveLocally((request, response) => {
    const [type, content] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.setHeader('content-security-policy', omission.policy?.(policy) ?? policy);
    response.setHeader('content-type', type).end(typeof content === 'string' ? content : content());
  });
  const allow = await documentedExample(page.url);

  return {
    pageUrl: page.url,
    gatewayUrl: gateway.url,
    sandbox,
    arrived,
    async close() {
      sandbox.close();
      await Promise.all([page.close(), gateway.close()]);
    },
  };
}

function record(arrived: Arrived[], request: IncomingMessage, response: ServerResponse): void {
  const { method = '', url: path = '', headers } = request;
  const requested = `${headers['access-control-request-headers'] ?? ''}`.split(/[\s,]+/).filter(Boolean);
  const responseHeaders: Record<string, string> = {};
  arrived.push({ method, path, requested, headers: responseHeaders });
  response.on('close', () => {
    for (const [name, value] of Object.entries(response.getHeaders())) responseHeaders[name] = `${value}`;
  });
}

/** Headers may be set together with the status, so they are read once all of them are set. */
function stripLate(request: IncomingMessage, response: ServerResponse, strip: Omission['strip']): void {
  const writeHead = response.writeHead.bind(response) as (status: number) => ServerResponse;
  response.writeHead = ((status: number, headers: Record<string, string> = {}) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.statusCode = status;
    strip?.(response, request);
    return writeHead(response.statusCode);
  }) as ServerResponse['writeHead'];
}
