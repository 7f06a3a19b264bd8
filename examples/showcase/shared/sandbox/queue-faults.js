import { setFault } from './faults.js';
import { ask } from './other-banks.js';

const scope = { server: 'linxo', type: 'queue' };
const HOUR = 3_600_000;

/** @param {object} fault */
const spoil = (fault) => () => setFault({ ...scope, ...fault });

/**
 * What can be made to go wrong with what the poller does next, and what there is to see then.
 *
 * @type {readonly import('./trouble.js').Trouble[]}
 */
export const queueFaults = [
  {
    name: 'lost',
    label: 'Lost answer',
    make: spoil({ kind: 'lost' }),
    expect:
      'The next events are taken out of the queue, and the connection breaks: they are gone. A gap; the state is looked up.',
  },
  {
    name: 'silently-lost',
    label: 'Lost unseen',
    make: spoil({ kind: 'silently-lost' }),
    expect:
      'The next events are gone, and the answer says that there were none. Only the next regular read of the connection shows the right state.',
  },
  {
    name: 'duplicate',
    label: 'Events twice',
    make: spoil({ kind: 'duplicate' }),
    expect: 'The next events come twice, and once more with those after them. Each is shown once.',
  },
  {
    name: 'malformed',
    label: 'Broken event',
    make: spoil({ kind: 'malformed' }),
    expect: 'One event too many, which cannot be read. It is reported as a failure; the others arrive.',
  },
  {
    name: 'expired-token',
    label: 'Expired token',
    make: spoil({ kind: 'stale-token' }),
    expect:
      'The queue refuses the access token with 401. The poller gets a fresh one, and nothing else happens.',
  },
  {
    name: 'gone',
    label: 'Queue gone',
    make: () => ask('DELETE', '/sandbox/queues'),
    expect: 'The queue does not exist any more. A gap; the poller gets another one, and looks the state up.',
  },
  {
    name: 'unavailable',
    label: '503, twice',
    make: spoil({ kind: 'error', status: 503, body: 'empty', count: 2 }),
    expect: 'The queue is out of reach for a while. The poller tries again, after a longer wait each time.',
  },
  {
    name: 'asleep',
    label: 'Sleep an hour',
    make: () => ask('POST', '/sandbox/clock', { ms: HOUR }),
    expect:
      'As if the laptop had been closed for an hour: the sandbox’s clock is ahead, the queue is dead, the tokens have expired, and nobody has told the page.',
  },
];
