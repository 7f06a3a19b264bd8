import { BanksideError, type Transport } from '../../../src/index.ts';

/**
 * A transport for the host of a port, which does what the command says: `echo` answers with the body and where it is,
 * `refuse` fails. Anything else is never answered, and reports when it is aborted.
 */
export function hostTransport(report: (what: string) => void): Transport {
  return {
    send({ requestId, server, type, body }, { signal }) {
      if (type === 'echo') return { body, origin: location.origin };
      const details = { requestId, server, type, elapsed: 1, status: 503 };
      if (type === 'refuse')
        throw new BanksideError('HTTP', 'Not today', details, { cause: new TypeError('hush') });
      report(`got ${type}`);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          report(`aborted ${type}`);
          reject(signal.reason);
        });
      });
    },
    notify: (name, data) => report(`${name} ${JSON.stringify(data)}`),
  };
}
