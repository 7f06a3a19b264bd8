/** What an error status means. A redirect, which would carry the token to another address, is one as well. */
export function refusalOf(status: number): ['UNAUTHORIZED' | 'HTTP', string] {
  // A redirect that a browser hides has the status 0.
  const said = status < 400 ? 'a redirect, which is not followed' : `status ${status}`;
  return [status === 401 ? 'UNAUTHORIZED' : 'HTTP', `The server answered with ${said}`];
}
