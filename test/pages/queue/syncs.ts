/** A short synchronisation of both channels. */
export const SYNC: readonly { after: number; event: string; channel: string }[] = [
  { after: 0, event: 'SYNC_ALL_STARTED', channel: 'REDIRECT' },
  { after: 0, event: 'SYNC_ALL_STARTED', channel: 'EMBEDDED' },
  { after: 200, event: 'LIST_ACCOUNTS', channel: 'REDIRECT' },
  { after: 200, event: 'SYNC_ALL_SUCCESS', channel: 'REDIRECT' },
  { after: 200, event: 'LIST_ACCOUNTS', channel: 'EMBEDDED' },
  { after: 100, event: 'SYNC_ALL_SUCCESS', channel: 'EMBEDDED' },
];
