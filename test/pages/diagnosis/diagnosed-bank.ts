import type { Diagnosis } from '../../../src/inspector.ts';
import { MARKED } from '../../doctor/gateway/backend.ts';
import { rightGateway } from '../../doctor/gateway/right-gateway.ts';
import {
  type StartedGateway,
  type StartGatewayOptions,
  startGateway,
} from '../../doctor/gateway/start-gateway.ts';
import type { Page } from '../../engines/page.ts';
import { type LocalServer, serveLocally } from '../../harness/local-server.ts';

/** A page with the script `/page.js`. */
export const HTML =
  '<!doctype html><html lang="en"><head><title>Bank</title><meta name="viewport" content="width=device-width"><script src="/page.js"></script></head><body></body></html>';

/** Serves a page with this script, on an origin of its own. @param headers Those of the page. */
export function servePage(
  script: string,
  headers: () => Readonly<Record<string, string>> = () => ({}),
): Promise<LocalServer> {
  return serveLocally(({ url }, response) => {
    const [type, text] = url?.endsWith('.js') ? ['text/javascript', script] : ['text/html', HTML];
    response.writeHead(200, { 'content-type': type, ...headers() }).end(text);
  });
}

/** A bank whose page, with this script, is on the origin of its servers. */
export function startBankOnOneOrigin(
  script: string,
  changes: NonNullable<StartGatewayOptions['changes']> = [],
): Promise<StartedGateway> {
  return startGateway({
    sameOrigin: true,
    changes: [
      ...changes,
      {
        at: 'wire',
        change(reply, { subject, path }) {
          if (subject !== 'page') return reply;
          const [type, body] = path.endsWith('.js') ? ['text/javascript', script] : ['text/html', HTML];
          return { status: 200, headers: [['Content-Type', type]], body };
        },
      },
    ],
  });
}

/** A bank that allows the page at this origin. */
export function startBankFor(origin: string, options: StartGatewayOptions = {}): Promise<StartedGateway> {
  return startGateway({ gateway: () => rightGateway({ ...options, origin }), ...options });
}

export interface Asked {
  readonly credentials?: RequestCredentials | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeout?: number;
  readonly tokens?: 'given' | 'none' | 'missing';
  readonly servers?: readonly ('pserver' | 'enrich' | 'ob' | 'linxo')[];
}

/** The options for the servers of a bank. */
export function optionsFor(
  bank: StartedGateway,
  { tokens = 'given', servers = ['pserver', 'linxo'], ...asked }: Asked = {},
): object {
  const endpoints = servers.filter((name) => name !== 'linxo').map((name) => [name, bank.addressOf(name)]);
  const given = {
    given: { authToken: MARKED.authToken, accessToken: MARKED.accessToken },
    none: { authToken: false, accessToken: false },
    missing: {},
  };
  return {
    ...(endpoints.length > 0 && { endpoints: Object.fromEntries(endpoints) }),
    ...(servers.includes('linxo') && { baseUrl: bank.addressOf('linxo') }),
    ...given[tokens],
    ...asked,
  };
}

/** Diagnoses the servers of a bank from a page. */
export function diagnoseIn(page: Page, bank: StartedGateway, asked?: Asked): Promise<Diagnosis> {
  return page.evaluate((given) => window.diagnose(given as never), optionsFor(bank, asked));
}

/** `error-answer-origin of linxo`, each once. */
export function idsOf({ findings }: Diagnosis): readonly string[] {
  return [...new Set(findings.map(({ id, subject }) => `${id} of ${subject}`))];
}
