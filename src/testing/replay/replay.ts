import { attempt } from '../../check.ts';
import type { ServerName } from '../../index.ts';
import type { RecordedRequest, Recording } from '../../recording/recording.ts';
import { wait } from '../clock.ts';
import { checkNames } from '../known-names.ts';
import { isCausedByPage } from './caused-by-page.ts';
import type { UnmatchedRequest } from './replayed-servers.ts';

/** What became of a recorded request. */
export interface PlayedRequest {
  /** The recorded request. */
  readonly request: RecordedRequest;
  /** False if the page itself had caused the failure, such as `OVERLOADED`. `play` does not send these. */
  readonly isSent: boolean;
  /** The reply. Missing if it failed. */
  readonly reply?: unknown;
  /** Why it failed: a BanksideError of the bridge. Missing if it got a reply. */
  readonly error?: unknown;
}

/** The member of a bridge that `play` uses. */
export interface PlayingBridge {
  /** Sends a request, as `WidgetBridge.send` does. */
  send(server: ServerName, body: object, options?: { readonly signal?: AbortSignal }): Promise<unknown>;
}

/** What a sandbox replays. */
export interface Replay {
  /** The recorded requests. */
  readonly requests: readonly RecordedRequest[];
  /** The first 1,000 requests of a type that was never recorded. They were refused with 404. */
  readonly unmatched: readonly UnmatchedRequest[];
  /** How long the recording took, in ms. */
  readonly duration: number;
  /**
   * Sends the recorded requests at their recorded times, and resolves when all have ended. One that was aborted is aborted again.
   * One that was pending at the end of the recording ends by the time limit of the bridge.
   *
   * @param bridge Sends them.
   * @param options `signal`: aborts those that have not ended. Those that were not sent yet end at once, with its reason.
   * @returns What became of each, in the order in which they began.
   * @throws TypeError without a bridge.
   * @example
   * ```ts
   * import type { WidgetBridge } from 'bankside';
   * import { record } from 'bankside/recording';
   * import { createSandbox } from 'bankside/testing';
   *
   * declare const bridge: WidgetBridge;
   * const recorder = record(bridge);
   * // Later, or from the file that it was saved in:
   * const sandbox = createSandbox({ replay: recorder.text() });
   * const outcomes = await sandbox.replay?.play(bridge);
   * ```
   */
  play(bridge: PlayingBridge, options?: { readonly signal?: AbortSignal }): Promise<readonly PlayedRequest[]>;
}

/** The requests of a recording, for a page or a test that sends them again. */
export function createReplay(
  { requests, duration }: Recording,
  unmatched: readonly UnmatchedRequest[],
): Replay {
  return {
    requests,
    unmatched,
    duration,
    async play(bridge, options = {}) {
      checkNames('play', options, { signal: true });
      const { signal = new AbortController().signal } = options;
      if (typeof bridge?.send !== 'function') throw new TypeError('play needs a bridge: play(bridge).');
      return Promise.all(requests.map((request) => playOne(bridge, request, signal)));
    },
  };
}

async function playOne(
  bridge: PlayingBridge,
  request: RecordedRequest,
  signal: AbortSignal,
): Promise<PlayedRequest> {
  const code = codeOf(request);
  if (code !== undefined && isCausedByPage(code)) return { request, isSent: false };
  await wait(request.at, signal);
  if (signal.aborted) return { request, isSent: false, error: signal.reason };
  const abort = new AbortController();
  const follow = (): void => abort.abort(signal.reason);
  signal.addEventListener('abort', follow);
  if (code === 'ABORTED') void wait(request.end?.after ?? 0, signal).then(() => abort.abort());
  try {
    const reply = await bridge.send(request.server, bodyOf(request), { signal: abort.signal });
    return { request, isSent: true, reply };
  } catch (error) {
    return { request, isSent: true, error };
  } finally {
    signal.removeEventListener('abort', follow);
  }
}

function codeOf({ end }: RecordedRequest): string | undefined {
  return end && 'code' in end ? end.code : undefined;
}

/** A text of JSON is sent as the object that it was. */
function bodyOf({ body }: RecordedRequest): object {
  return (typeof body === 'string' ? (attempt(() => JSON.parse(body)) ?? body) : body) as object;
}
