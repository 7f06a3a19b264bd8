import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CredentialSource } from '../src/credential.ts';
import { BanksideError } from '../src/index.ts';
import { numRuns } from './harness/property-runs.ts';

/** One call of the page's function, which answers for the session in which it was begun. */
interface Call {
  readonly session: number;
  readonly rejected: string | undefined;
  end(outcome: 'token' | 'same' | 'failure'): void;
}

/** One request, on its way with a token, or waiting for one. */
interface Request {
  readonly session: number;
  /** The newest session for which the page's function had begun to answer when the request was begun. */
  readonly heard: number;
  readonly abort: AbortController;
  readonly leave: () => void;
  token: string | undefined;
  state: 'asks' | 'sent' | 'ended';
}

const step = fc.oneof(
  { weight: 9, arbitrary: fc.constant(['begin'] as const) },
  { weight: 1, arbitrary: fc.constant(['another user'] as const) },
  {
    weight: 9,
    arbitrary: fc.tuple(
      fc.constant('answer' as const),
      fc.nat(2),
      fc.constantFrom('token', 'same', 'failure'),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('give up' as const), fc.nat(2)) },
  { weight: 5, arbitrary: fc.tuple(fc.constant('time out' as const), fc.nat(2)) },
  { weight: 8, arbitrary: fc.tuple(fc.constant('401' as const), fc.nat(2)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('200' as const), fc.nat(2)) },
  { weight: 1, arbitrary: fc.constant(['log out'] as const) },
);

/** Each life begins with a user whose token was refreshed, who stays for a while, and another who comes. */
const prelude = [
  ['begin'],
  ['answer', 0, 'token'],
  ['401', 0],
  ['answer', 0, 'token'],
  ['another user'],
] as const;

it('T2 in any order of users, requests, tokens and 401s: a user’s request is never sent with the token of an earlier one, and no token is known once all have ended', async () => {
  let replayed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      const world = new World();
      for (const each of [...prelude, ...steps]) {
        world.take(each);
        await settled();
      }
      await world.endAll();
      expect(world.wrong).toEqual([]);
      replayed += world.replays;
    }),
  );
  expect(replayed).toBeGreaterThan(numRuns); // else nothing was tried
});

class World {
  replays = 0;
  /** Requests that went out with the token of a user before. */
  readonly wrong: unknown[] = [];
  readonly #calls: Call[] = [];
  readonly #requests: Request[] = [];
  readonly #source = new CredentialSource('authToken', ({ rejected, signal }) =>
    this.#call(rejected, signal),
  );
  #session = 1;
  /** The newest session that the function has begun to answer for. */
  #heard = 0;
  #lastToken = 0;

  take(each: readonly [string, ...unknown[]]): void {
    const [what, number, how] = each as readonly [string, number, unknown];
    const pick = <T>(list: readonly T[]): T | undefined => list[number % Math.max(1, list.length)];
    if (what === 'begin') this.#begin();
    if (what === 'another user') this.#session += 1;
    if (what === 'answer') pick(this.#calls)?.end(how as 'token');
    if (what === 'give up') this.#giveUp(pick(this.#open()), 'gone');
    if (what === 'time out') this.#giveUp(pick(this.#open('asks')), timeout());
    if (what === '401') this.#reject(pick(this.#open('sent')));
    if (what === '200') this.#end(pick(this.#open('sent')));
    if (what === 'log out') {
      for (const request of this.#open()) this.#giveUp(request, 'gone');
      this.#source.forget();
    }
  }

  async endAll(): Promise<void> {
    for (const request of this.#open()) this.#giveUp(request, 'gone');
    for (const call of [...this.#calls]) call.end('token');
    await settled();
    // Were one known, nobody would be asked.
    const { length } = this.#calls;
    const replaced = this.#source.replace('never given', new AbortController().signal);
    await settled();
    expect(this.#calls).toHaveLength(length + 1);
    this.#calls.at(-1)?.end('token');
    await replaced;
  }

  #open(...states: readonly Request['state'][]): Request[] {
    const wanted = states.length ? states : ['asks', 'sent'];
    return this.#requests.filter(({ state }) => wanted.includes(state));
  }

  #call(rejected: string | undefined, signal: AbortSignal): Promise<string> {
    const session = this.#session;
    this.#heard = session;
    return new Promise((resolve, reject) => {
      const call: Call = {
        session,
        rejected,
        end: (outcome) => {
          this.#calls.splice(this.#calls.indexOf(call), 1);
          if (outcome === 'failure') reject(new Error('no session'));
          // A session end point that gives the same one as long as it is good.
          const isSame = outcome === 'same' && rejected === undefined;
          if (!isSame) this.#lastToken += 1;
          resolve(`${session}.${isSame ? 'same' : this.#lastToken}`);
        },
      };
      this.#calls.push(call);
      signal.addEventListener('abort', () => {}); // a function may listen, and answer all the same
    });
  }

  #begin(): void {
    const request: Request = {
      session: this.#session,
      heard: this.#heard,
      abort: new AbortController(),
      leave: this.#source.startRequest(),
      token: undefined,
      state: 'asks',
    };
    this.#requests.push(request);
    this.#send(request, this.#source.get(request.abort.signal));
  }

  #send(request: Request, asked: Promise<string | undefined>): void {
    asked.then(
      (token) => {
        if (request.state === 'ended') return;
        request.token = token;
        request.state = 'sent';
        // What was begun after the function had begun to answer for this user.
        const isOlder = request.heard === request.session && sessionOf(token) < request.session;
        if (isOlder) this.wrong.push({ request: request.session, token });
      },
      () => this.#end(request),
    );
  }

  #reject(request: Request | undefined): void {
    if (!request?.token) return;
    request.state = 'asks';
    this.replays += 1;
    this.#send(request, this.#source.replace(request.token, request.abort.signal));
  }

  #giveUp(request: Request | undefined, reason: unknown): void {
    request?.abort.abort(reason);
    this.#end(request);
  }

  #end(request: Request | undefined): void {
    if (!request || request.state === 'ended') return;
    request.state = 'ended';
    request.leave();
  }
}

function sessionOf(token: string | undefined): number {
  return Number(token?.split('.')[0]);
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function timeout(): BanksideError<'TIMEOUT'> {
  const request = { requestId: 1, server: 'pserver', type: undefined } as const;
  return new BanksideError('TIMEOUT', 'It took too long', { ...request, elapsed: 100, timeout: 100 });
}
