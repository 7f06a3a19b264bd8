import { refuse } from './answers.ts';
import { neighbourOrigin } from './who-asks.ts';

const LONGEST = 100;

/** Refuses what a page may not do, and says what its developer can. */
export function refuseOrigin(request: Request): Response {
  const hint = neighbourOrigin(request)
    ? 'They may without --no-cors, or with the option cors.'
    : 'If they are yours, let their own server hand the request on here, as a proxy that leaves the Host header as it is, and ' +
      'allow that name: --allowed-host, or the option allowedHosts.';
  return refuse(403, `Pages ${originOf(request)} may not do this. ${hint}`);
}

function originOf({ headers }: Request): string {
  const given = headers.get('origin') ?? '';
  if (given === 'null') return 'without an origin of their own';
  const origin = URL.canParse(given) ? new URL(given).origin : 'null';
  return origin === 'null' || origin.length > LONGEST ? 'of another origin' : `of ${origin}`;
}
