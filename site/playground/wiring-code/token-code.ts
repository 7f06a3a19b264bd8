import type { Settings } from '../settings.ts';
import { isInApp } from './bridge-code.ts';

/** The function `sessionToken`, if the page needs a token. @param isTyped Whether it is TypeScript. */
export function tokenCode({ shownIn }: Settings, isTyped: boolean): string | undefined {
  if (isInApp(shownIn)) return undefined;
  return `/** Keeps the token of the user's session until a server rejects it. */
function sessionToken(address${isTyped ? ': string): Credential' : ')'} {
  let token = '';
  return async ({ rejected, signal }) => {
    if (token !== '' && token !== rejected) return token;
    const response = await fetch(address, { method: 'POST', signal });
    if (!response.ok) throw new Error(\`No token: status \${response.status}\`);
    token = await response.text();
    return token;
  };
}`;
}
