import { BanksideError } from '../../../src/index.ts';
import { withErrorReply } from '../../../src/transport/transport.ts';
import { ManualTransport, type Sent } from '../../bridge/fixtures/manual-transport.ts';
import type { Arrival, Channel } from '../contract/driver.ts';

/** A transport in the test's hand, for the far side of a port: what arrives there, and how it is answered. */
export class FarTransport extends ManualTransport {
  readonly arrivals: Arrival[] = [];
  readonly notices: [name: string, data: unknown][] = [];

  override send(...args: Parameters<ManualTransport['send']>): Promise<unknown> {
    const answer = super.send(...args);
    this.arrivals.push(arrivalOf(this.last));
    return answer;
  }

  notify(name: string, data: unknown): void {
    this.notices.push([name, data]);
  }

  /** The far half of a channel that the contract is put to. */
  get channel(): Pick<Channel, 'arrivals' | 'notices'> {
    const { arrivals, notices } = this;
    return { arrivals, notices };
  }
}

function arrivalOf({ request, context, answer, fail }: Sent): Arrival {
  const { requestId, server, type, body, headers } = request;
  const { signal } = context;
  return {
    server,
    body,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    get gone() {
      return signal.aborted;
    },
    answer,
    refuse(status, reply) {
      const details = { requestId, server, type, elapsed: 7, status };
      fail(
        withErrorReply(
          new BanksideError('HTTP', `The server answered with status ${status}`, details),
          reply,
        ),
      );
    },
    breakOff: () => fail(new TypeError('Failed to fetch')),
  };
}
