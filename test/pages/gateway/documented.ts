import type { IncomingMessage, ServerResponse } from 'node:http';
import { codeUnder, pageOf } from '../../docs/fixtures/pages.ts';
import { runSnippet } from '../../docs/fixtures/run-snippet.ts';

const FILE = 'docs/gateway.md';
const PAGE = 'https://www.bank.example';
const GATEWAY = 'https://gateway.bank.example';

/** Sets the headers that the docs require on a response. Returns whether the request was a preflight. */
export type Allow = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The example of the docs, for a page at this origin. */
export async function documentedExample(pageOrigin: string): Promise<Allow> {
  const snippet = codeUnder(FILE, 'An example');
  const code = snippet.code.replaceAll(PAGE, pageOrigin);
  const { allow } = await runSnippet({ ...snippet, code }, {});
  return allow as Allow;
}

/** The header blocks of the docs, in order, for these two origins. */
export function documentedHeaders(pageOrigin: string, gatewayOrigin: string): Record<string, string>[] {
  return pageOf(FILE)
    .snippets.filter(({ language }) => language === 'http')
    .map(({ code }) => {
      const lines = code.replaceAll(PAGE, pageOrigin).replaceAll(GATEWAY, gatewayOrigin).split('\n');
      const headers = lines.flatMap((line) => {
        const [, name = '', value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? [];
        return name ? [[name.toLowerCase(), value]] : [];
      });
      return Object.fromEntries(headers);
    });
}

/** The policy that the docs give to the page. */
export function documentedPolicy(gatewayOrigin: string): string {
  const [, , page] = documentedHeaders('', gatewayOrigin);
  const policy = page?.['content-security-policy'];
  if (!policy) throw new Error(`${FILE} has no policy where it was`);
  return policy;
}

/** The rows of the table of headers: their first cells. */
export function documentedRows(): string[] {
  const [table] = pageOf(FILE).tables.filter(({ heading }) => heading === 'What CORS must allow');
  return (table?.rows ?? [])
    .slice(1)
    .map(([header = '', of = '']) => `${header} of ${of}`.replaceAll('`', ''));
}

/** The documented requests of pages: the method, and the headers that need a preflight, by the end of the address. */
export function documentedRequests(): (readonly string[])[] {
  const [table] = pageOf(FILE).tables.filter(({ heading }) => heading === 'What the page sends');
  return (table?.rows ?? []).slice(1);
}
