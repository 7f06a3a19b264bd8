import { createSandbox, type Push, type Sandbox } from 'bankside/testing';
import { getResponse } from 'msw';
import type { CommandName, Commands, RecordedPlay, SandboxWish } from './commands.ts';
import { ScriptShelf } from './script-shelf.ts';

/** In ms, so that one sees a request pending. */
const LATENCY: readonly [number, number] = [30, 120];

/** Of random synchronisations: the chance of each channel to end with an action for the user, or otherwise than well. */
const TROUBLE = 0.4;

type Runs = { readonly [Name in CommandName]: (given: Commands[Name]['given']) => Commands[Name]['result'] };

/** One sandbox, and what a page can ask of it: the same in a service worker and in a page. */
export class PlaygroundSandbox {
  readonly #sandbox: Sandbox;
  readonly #scripts = new ScriptShelf();
  readonly #runs: Runs;

  /** @throws TypeError with one sentence, if the faults or the recording cannot be read. */
  constructor({ faults, seed, replay }: SandboxWish, onPush: (push: Push) => void) {
    const recording = replay === undefined ? { latency: LATENCY } : { replay };
    this.#sandbox = createSandbox({ faults, seed, onPush, ...recording });
    this.#runs = createRuns(this.#sandbox, this.#scripts, replay);
  }

  /** Runs a command of the page. @throws TypeError if it cannot. */
  run<Name extends CommandName>(name: Name, given: Commands[Name]['given']): Commands[Name]['result'] {
    return this.#runs[name](given);
  }

  /** Answers a request to any address below `api/`. */
  async respond(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    // A bank would check its session cookie first.
    if (pathname.endsWith('/session/token')) return new Response(this.#sandbox.issueToken());
    if (pathname.endsWith('/session/access-token')) return new Response(this.#sandbox.issueAccessToken());
    if (pathname.endsWith('/scripts')) return this.#scripts.respond(request);
    const response = await getResponse(this.#sandbox.handlers, request);
    return response ?? new Response('The sandbox has no such address.', { status: 404 });
  }

  close(): void {
    this.#sandbox.close();
  }
}

function createRuns({ linxo }: Sandbox, scripts: ScriptShelf, recording: string | undefined): Runs {
  return {
    link({ id, name }) {
      const { id: connectionId, channels } = linxo.addConnection({ providerId: id, name });
      const kinds = channels.map(({ channel_definition_id: channel }) => [
        channel,
        linxo.channelKind(channel),
      ]);
      return { connectionId, kinds: Object.fromEntries(kinds) };
    },
    synchronise({ connectionId, scenario, speed, seed }) {
      if (scenario === 'random') linxo.synchroniseAtRandom(connectionId, { seed, speed, trouble: TROUBLE });
      else linxo.synchronise(connectionId, scenario, { speed });
      return undefined;
    },
    answerChallenge: (connectionId) => linxo.answerChallenge(connectionId),
    keepScript: (script) => scripts.keep(script),
    recorded: () => playOf(recording),
  };
}

/** What of a recording the page plays. The sandbox has read it, and found it valid. */
function playOf(recording: string | undefined): RecordedPlay {
  if (recording === undefined) return { requests: [], hasQueue: false };
  const { requests, queue } = JSON.parse(recording);
  return { requests, hasQueue: queue !== undefined };
}
