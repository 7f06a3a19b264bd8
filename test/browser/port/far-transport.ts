import { BanksideError, type Transport } from '../../../src/index.ts';

/**
 * A transport for the far side of a port, which does what the command says: `echo` answers with the body and where it is,
 * `refuse` fails, and anything else is never answered, but told when it is aborted.
 */
export function farTransport(tell: (what: string) => void): Transport {
  return {
    send({ requestId, server, type, body }, { signal }) {
      if (type === 'echo') return { body, origin: location.origin };
      const details = { requestId, server, type, elapsed: 1, status: 503 };
      if (type === 'refuse')
        throw new BanksideError('HTTP', 'Not today', details, { cause: new TypeError('hush') });
      tell(`got ${type}`);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          tell(`aborted ${type}`);
          reject(signal.reason);
        });
      });
    },
    notify: (name, data) => tell(`${name} ${JSON.stringify(data)}`),
  };
}
