/** Whether a server on this address listens on all addresses of the machine. No client can use such an address everywhere. */
export function listensEverywhere(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}
