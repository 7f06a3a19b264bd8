import type { ServerName } from '../../index.ts';
import type { RecordedRequest, Recording } from '../../recording/recording.ts';
import { wait } from '../clock.ts';
import type { UnmatchedRequest } from './replayed-servers.ts';

/** What became of a request that `play` sent. */
export interface PlayedRequest {
  /** The recorded request. */
  readonly request: RecordedRequest;
  /** The reply. Missing if it failed. */
  readonly reply?: unknown;
  /** Why it failed. Missing if it got a reply. */
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
   * Sends the recorded requests at their recorded times, and resolves when all have ended.
   *
   * @param bridge Sends them.
   * @param options `signal`: aborts those that have not ended, and sends no others.
   */
  play(bridge: PlayingBridge, options?: { readonly signal?: AbortSignal }): Promise<readonly PlayedRequest[]>;
}

/** @internal */
export function createReplay(
  { requests, duration }: Recording,
  unmatched: readonly UnmatchedRequest[],
): Replay {
  return {
    requests,
    unmatched,
    duration,
    play(bridge, { signal = new AbortController().signal } = {}) {
      return Promise.all(requests.map((request) => playOne(bridge, request, signal)));
    },
  };
}

async function playOne(
  bridge: PlayingBridge,
  request: RecordedRequest,
  signal: AbortSignal,
): Promise<PlayedRequest> {
  await wait(request.at, signal);
  try {
    signal.throwIfAborted();
    return { request, reply: await bridge.send(request.server, bodyOf(request), { signal }) };
  } catch (error) {
    return { request, error };
  }
}

function bodyOf({ body }: RecordedRequest): object {
  return (typeof body === 'string' ? JSON.parse(body) : body) as object;
}
