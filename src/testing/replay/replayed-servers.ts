import type { ServerName } from '../../index.ts';
import type { RecordedRequest } from '../../recording/recording.ts';
import { wait } from '../clock.ts';
import { jsonResponse } from '../faults/responses.ts';
import type { Push } from '../push-channel.ts';
import { type Reply, refusal } from '../widget-servers/service.ts';
import { answerAgain, statusAnswer } from './answer-again.ts';
import { type Exchange, RecordedExchanges, type SentRequest } from './recorded-exchanges.ts';

/** A request that no recorded one has the type of. */
export interface UnmatchedRequest {
  /** Its server. */
  readonly server: ServerName;
  /** Its type. */
  readonly type: string;
}

/** A request that arrives at a server that replays. */
export interface ReplayedRequest extends SentRequest {
  /** Aborts when the client disconnects. */
  readonly signal: AbortSignal;
  /** Sends a reply over the push channel, `ms` from now. */
  readonly push: (response: Push['response'], ms: number) => void;
}

const MAX_UNMATCHED = 1_000;

/** Answers as the widget's servers did. */
export class ReplayedServers {
  /** The first 1,000. */
  readonly unmatched: UnmatchedRequest[] = [];
  readonly #exchanges: RecordedExchanges;
  readonly #now: () => number;

  constructor(requests: readonly RecordedRequest[], now: () => number) {
    this.#exchanges = new RecordedExchanges(requests);
    this.#now = now;
  }

  /** Answers after the recorded time. */
  async answer(request: ReplayedRequest): Promise<Response> {
    const exchange = this.#find(request);
    if (!exchange) return jsonResponse(notRecorded(request.type));
    const { retried = [], end } = exchange.recorded;
    const failed = retried[exchange.attempts];
    exchange.attempts += 1;
    const { after = 0 } = failed ?? end ?? {};
    const { began } = exchange;
    if (exchange.attempts === retried.length + 1) this.#pushLater(exchange, request);
    exchange.isBusy = true;
    await wait(began + after - this.#now(), request.signal);
    const answer = await (failed ? statusAnswer(failed.status) : answerAgain(end, request.signal));
    exchange.isBusy = false;
    return answer;
  }

  /** The reply without its time, for a fault that needs one. */
  reply(request: ReplayedRequest): Reply {
    const exchange = this.#find(request);
    if (!exchange) return notRecorded(request.type);
    exchange.attempts = (exchange.recorded.retried?.length ?? 0) + 1;
    return replyOf(exchange) ?? refusal(503, 'In the recording, this request got no reply.');
  }

  #find(request: ReplayedRequest): Exchange | undefined {
    const { server, type } = request;
    const exchange = this.#exchanges.find(request, this.#now());
    if (!exchange && this.unmatched.length < MAX_UNMATCHED) this.unmatched.push({ server, type });
    return exchange;
  }

  #pushLater(exchange: Exchange, { push }: ReplayedRequest): void {
    const reply = replyOf(exchange) ?? refusal(504, 'In the recording, this reply came too late.');
    const passed = this.#now() - exchange.began;
    for (const after of exchange.recorded.repliesAfterEnd ?? []) push(reply, Math.max(0, after - passed));
  }
}

function replyOf({ recorded: { end } }: Exchange): Reply | undefined {
  return end?.reply === undefined ? undefined : (end.reply as Reply);
}

function notRecorded(type: string): Reply {
  return refusal(404, `The recording has no request of the type ${JSON.stringify(type.slice(0, 80))}.`);
}
