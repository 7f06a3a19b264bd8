import { inPage } from './harness/in-page.js';
import { load } from './harness/load.js';
import { serveLinxo } from './harness/serve-linxo.js';

/** The first polls read the headers of the server. */
const settling = 3;
const counted = 10;

const noStore = { 'cache-control': 'no-store' };
/** @type {{ what: string, readHeaders: Record<string, string>, maxAge: number | false, limit?: number }[]} */
const servers = [
  { what: 'no-store and a max age for preflights', readHeaders: noStore, maxAge: 600, limit: 1 },
  { what: 'only a max age for preflights', readHeaders: {}, maxAge: 600 },
  { what: 'only no-store', readHeaders: noStore, maxAge: false },
];

/**
 * The requests for one cross-origin poll at the usual pace, preflights included.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export async function wireRequests(options) {
  const { createSandbox } = await load(options);
  return inPage('wire-requests.js', options, (open) =>
    Promise.all(
      servers.map(async ({ what, readHeaders, maxAge, limit }) => {
        const sandbox = createSandbox({ linxo: { readHeaders, cors: { origins: ['*'], maxAge } } });
        const server = await serveLinxo(sandbox.linxo);
        try {
          const { call } = await open();
          const accessToken = sandbox.issueAccessToken();
          await call('pollFor', {
            baseUrl: `${server.origin}/linxo`,
            accessToken,
            polls: settling + counted,
          });
          const { requests, polls } = steadyState(server.seen);
          return {
            what: `Requests per poll across origins; the server sends ${what}`,
            ours: `${requests} for ${polls} polls`,
            beside: '–',
            found: requests / polls,
            ...(limit ? { limit } : {}),
            unit: 'requests',
          };
        } finally {
          server.close();
        }
      }),
    ),
  );
}

/** @param {readonly { method: string, path: string }[]} seen */
function steadyState(seen) {
  const ofQueue = seen.filter(({ path }) => /\/queues\/(?!subscribe)/.test(path));
  const polls = ofQueue.flatMap(({ method }, index) => (method === 'GET' ? [index] : []));
  const [from = Number.NaN, to = Number.NaN] = [polls[settling - 1], polls[settling + counted - 1]];
  return { requests: to - from, polls: counted };
}
