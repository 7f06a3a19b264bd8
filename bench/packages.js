import { packageCosts } from '../release/package-costs.js';

/** What each package does here. @type {Readonly<Record<string, string>>} */
const duties = {
  ky: 'Sends all requests: repeats and their delays, replay after a 401, and the page’s own instance with its hooks.',
  mitt: 'Calls the handlers of `on`, for the bridge and the poller.',
  zod: 'Reads what the queue’s server and other tabs send (`zod/mini`), and says where one does not fit, and why; a page extends the schemas.',
};

/**
 * What each package costs that comes with this one.
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
