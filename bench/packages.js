import { packageCosts } from '../release/package-costs.js';

/** The purpose of each package. @type {Readonly<Record<string, string>>} */
const duties = {
  ky: 'Sends all requests: retries and their delays, replay after a 401, and hooks of your own ky instance.',
  mitt: 'Calls the handlers of `on`, for the bridge and the poller.',
  zod: 'Validates what the queue’s server and other tabs send (`zod/mini`), and reports what is wrong and where. A page can extend the schemas.',
};

/**
 * How many bytes each installed package adds to a page.
 *
 * @type {import('./harness/claim.js').Claim}
 */
export async function packages() {
  const costs = await packageCosts();
  return costs.map(({ name, version, gzipped }) => {
    const duty = duties[name];
    if (!duty) throw new Error(`Say in bench/packages.js what ${name} does`);
    const found = gzipped / 1_000;
    return { what: `${name} ${version}`, ours: `${found.toFixed(2)} kB`, beside: duty, found, unit: 'kB' };
  });
}
