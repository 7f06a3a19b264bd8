import { encodeBase64 } from '../text/base64.ts';

const HEADER = { alg: 'RS256', typ: 'JWT' };
/** It expired in 1970. */
const PAYLOAD = { sub: 'bankside-doctor', exp: 1 };
const SIGNATURE = 'this is no signature';

/**
 * A token that no server accepts. It is the same for all, and has the form of a JWT: many servers answer 401 to one that has
 * expired, and another error to what has another form.
 */
export const SPOILED_TOKEN: string = [JSON.stringify(HEADER), JSON.stringify(PAYLOAD), SIGNATURE]
  .map((part) => encodeBase64(part).replace(/=+$/, ''))
  .join('.');
