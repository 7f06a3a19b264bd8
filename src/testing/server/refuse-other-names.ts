import type { IncomingMessage, Server } from 'node:http';
import { refuse } from './answers.ts';
import { type HostNames, isHost } from './host-names.ts';

const LONGEST = 100;

/** Looks at a request before anything of it is read or answered. `undefined`: it may go on. */
export type Guard = (incoming: IncomingMessage) => Response | undefined;

/** Refuses what is asked for under a name that is not the server's, whatever it is. */
export function refuseOtherNames(names: HostNames, addressOf: () => ReturnType<Server['address']>): Guard {
  return ({ headersDistinct: { host: hosts = [] } }) => {
    const [host = '', ...more] = hosts;
    if (!isHost(host) || more.length > 0)
      return refuse(400, 'There must be one Host header, and it must name a host.');
    const place = addressOf();
    const listensOn = typeof place === 'object' && place ? place.address : '';
    if (names.has(host, listensOn)) return undefined;
    const name = host.replace(/:\d*$/, '').slice(0, LONGEST);
    return refuse(
      403,
      `This server does not answer under the name ${name}, as a page of another site could have that name lead here. ` +
        `If it is yours, allow it: bankside-sandbox --allowed-host ${name}, or the option allowedHosts.`,
    );
  };
}
