import { BanksideError, type Transport } from '../../../src/index.ts';
import { createTestTransport, type SentRequest, type TestTransport } from '../../../src/testing/index.ts';
import { withErrorReply } from '../../../src/transport/transport.ts';
import type { Arrival, Channel } from '../contract/driver.ts';

/** A transport in the test's hand, for the far side of a port: what arrives there, and how it is answered. */
export class FarTransport implements Transport {
  readonly #hand = createTestTransport();
  readonly arrivals: Arrival[] = [];
  readonly notices: [name: string, data: unknown][] = [];

  send(...args: Parameters<TestTransport['send']>): Promise<unknown> {
    const answer = this.#hand.send(...args);
    this.arrivals.push(arrivalOf(this.last));
    return answer;
  }

  get sent(): readonly SentRequest[] {
    return this.#hand.sent;
  }

  get requests(): TestTransport['requests'] {
    return this.#hand.requests;
  }

  get last(): SentRequest {
    return this.#hand.last;
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

function arrivalOf({ request, context, answer, fail }: SentRequest): Arrival {
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
          reply && { response: reply },
        ),
      );
    },
    breakOff: () => fail(new TypeError('Failed to fetch')),
  };
}
