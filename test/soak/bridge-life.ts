import { httpTransport, WidgetBridge } from '../../src/index.ts';
import type { Life } from './life.ts';
import type { World } from './world.ts';

/** A widget that sends requests in random shapes, and a bridge that is detached, attached again or disposed. */
export class BridgeLife implements Life {
  readonly ends: number;
  readonly #world: World;
  readonly #bridge: WidgetBridge;
  /** How often each request was answered, by its id. */
  readonly #answers = new Map<string, number>();
  #detach: () => void;
  #replies = 0;
  #failures = 0;

  constructor(world: World, ends: number) {
    this.ends = ends;
    this.#world = world;
    const { fetch } = world;
    const { sandbox } = world.queue;
    let token = '';
    const transport = httpTransport({
      endpoints: { pserver: '/pserver/execute', enrich: '/enrich/execute', ob: '/ob/execute' },
      authToken({ rejected }) {
        if (!token || token === rejected) token = sandbox.issueToken();
        return token;
      },
      fetch,
    });
    this.#bridge = new WidgetBridge({ transport, timeout: 15_000 });
    this.#bridge.on('reply', () => {
      this.#replies += 1;
    });
    this.#bridge.on('failure', () => {
      this.#failures += 1;
    });
    this.#detach = this.#attach();
  }

  get sums(): Life['sums'] {
    return { requests: this.#answers.size, replies: this.#replies, failures: this.#failures };
  }

  step(): void {
    const { random } = this.#world;
    for (let count = random.between(0, 3); count > 0; count -= 1) this.#ask(random.between(1, 4));
    if (random.next() < 0.05) {
      this.#detach();
      this.#detach = this.#attach();
    }
  }

  async end(): Promise<string[]> {
    if (this.#world.random.next() < 0.5) this.#detach();
    this.#bridge.dispose();
    // Callers get the failures of `dispose` within this task.
    for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
    const { pending } = this.#bridge.getSnapshot();
    const wrong = [...this.#answers].filter(([, times]) => times !== 1);
    return [
      ...wrong.map(([id, times]) => `request ${id} was answered ${times} times`),
      ...pending.map(({ requestId }) => `request ${requestId} is pending`),
    ];
  }

  #attach(): () => void {
    return this.#bridge.attach({ handlePServerResponse: (_: unknown, id: string) => this.#answered(id) }, {});
  }

  #answered(id: string): void {
    this.#answers.set(id, (this.#answers.get(id) ?? 0) + 1);
  }

  #ask(shape: number): void {
    const id = `r${this.#answers.size}`;
    this.#answers.set(id, 0);
    const body = {
      type: shape % 2 ? 'getInsights' : 'getNumberOfInsights',
      protocolVersion: '2.6',
      lang: 'en',
    };
    const answered = (): void => this.#answered(id);
    const { delegate } = this.#bridge;
    if (shape === 1) delegate.sendRequestToPServer(null, body, id);
    else if (shape === 2) delegate.sendRequestToPServer(id, JSON.stringify(body));
    else if (shape === 3) delegate.sendRequestToEnrichServer(body, answered, answered);
    else this.#bridge.send('ob', { type: 'getAccounts' }).then(answered, answered);
  }
}
