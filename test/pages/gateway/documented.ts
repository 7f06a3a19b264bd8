import type { IncomingMessage, ServerResponse } from 'node:http';
import { codeUnder, pageOf } from '../../docs/fixtures/pages.ts';
import { runSnippet } from '../../docs/fixtures/run-snippet.ts';

const FILE = 'docs/gateway.md';
const PAGE = 'https://www.bank.example';
const GATEWAY = 'https://gateway.bank.example';

/** Puts the headers that the document asks for on a response; returns whether the request was a preflight. */
export type Allow = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The document's example, for a page at this origin. */
export async function documentedExample(pageOrigin: string): Promise<Allow> {
  const snippet = codeUnder(FILE, 'An example');
  const code = snippet.code.replaceAll(PAGE, pageOrigin);
  const { allow } = await runSnippet({ ...snippet, code }, {});
  return allow as Allow;
}

/** The header blocks of the document, in their order, for these two origins. */
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

/** The policy that the document gives to the page. */
export function documentedPolicy(gatewayOrigin: string): string {
  const [, , page] = documentedHeaders('', gatewayOrigin);
  const policy = page?.['content-security-policy'];
  if (!policy) throw new Error(`${FILE} has no policy where it was`);
  return policy;
}

/** The rows of the document's table of headers: what each is about, without its words. */
export function documentedRows(): string[] {
  const [table] = pageOf(FILE).tables.filter(({ heading }) => heading === 'What CORS must allow');
  return (table?.rows ?? [])
    .slice(1)
    .map(([header = '', of = '']) => `${header} of ${of}`.replaceAll('`', ''));
}

/** What the document says that pages send: the method and the headers that need leave, by the last words of the address. */
export function documentedRequests(): (readonly string[])[] {
  const [table] = pageOf(FILE).tables.filter(({ heading }) => heading === 'What the page sends');
  return (table?.rows ?? []).slice(1);
}
