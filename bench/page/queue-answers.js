const types = ['SYNC_ALL_STARTED', 'LIST_ACCOUNTS', 'TRANSACTIONS_READ', 'SYNC_ALL_SUCCESS'];
const accounts = [
  { id: 'account-1', name: 'Current account', iban_last_digits: '0417', balance: 1_204.37, currency: 'EUR' },
  { id: 'account-2', name: 'Savings', iban_last_digits: '9903', balance: 15_000, currency: 'EUR' },
];

/**
 * An answer of the queue: events of synchronisations of several connections, each from its start to its end.
 *
 * @param {{ count: number, connections: number }} size
 * @param {number} from How many events there were before. Ids have the same length, so that the remembered ids always need the
 * same memory.
 */
export function answerOf({ count, connections }, from) {
  const events = Array.from({ length: count }, (_none, index) => {
    const step = Math.floor(index / connections) % types.length;
    const isOver = step === types.length - 1;
    return {
      id: `event-${10_000_000 + from + index}`,
      event_type: types[step],
      resource_type: 'CONNECTION',
      creation_date: 1_790_000_000 + Math.floor((from + index) / 100),
      channel_definition_id: '8700',
      resource: connection(`connection-${index % connections}`, isOver ? 'SUCCESS' : 'RUNNING'),
      ...(types[step] === 'LIST_ACCOUNTS' ? { accounts } : {}),
    };
  });
  return JSON.stringify(events);
}

/** @param {string} id @param {string} status */
export function connection(id, status) {
  return {
    id,
    user_id: 'user-1',
    provider_id: 'provider-1',
    name: 'Bank of the Example',
    status,
    creation_date: 1_780_000_000,
    auto_sync: true,
    consent_per_account: false,
    channels: [
      { channel_definition_id: '8700', status, expires: 1_800_000_000, last_success_date: 1_789_000_000 },
      { channel_definition_id: '8701', status: 'SUCCESS', last_end_date: 1_789_000_000 },
    ],
  };
}
