import { errorResponse, silence } from '../broken-answers.ts';
import type { LinxoFault } from '../fault.ts';
import { htmlResponse } from '../responses.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { wait } from '../wait.ts';
import type { QueueModel } from './create-queue-service.ts';
import { execute, type LinxoAnswer, type LinxoCall } from './linxo-call.ts';
import type { LinxoEvent } from './linxo-event.ts';
import { answerResponse, textResponse } from './linxo-responses.ts';

/** What a misbehaving server can still do. */
export interface LinxoCircumstances {
  readonly model: QueueModel;
  readonly random: SeededRandom;
  readonly now: () => number;
}

const SLOW = 3_000;
const BURST = 500;

/** None of these is an event. */
const MALFORMED: readonly unknown[] = [
  null,
  'event',
  {},
  { id: '', event_type: 'LIST_ACCOUNTS' },
  { event_type: 'LIST_ACCOUNTS', resource_type: 'CONNECTION' },
  { id: 'broken', event_type: 'LIST_ACCOUNTS', resource_type: 'CONNECTION', resource: 'connection' },
];

/** What strikes once the token is accepted. */
type AfterTheToken = Exclude<LinxoFault, { kind: 'stale-token' }>;

/** A server that fails has done nothing; where only the answer is lost, what was asked for is done. */
export async function misbehaveLinxo(
  fault: AfterTheToken,
  call: LinxoCall,
  { model, random, now }: LinxoCircumstances,
): Promise<Response> {
  switch (fault.kind) {
    case 'error':
      return errorResponse(fault, now());
    case 'garbage':
      return htmlResponse(200);
    case 'network':
      return Response.error();
    case 'gone':
      model.killQueue(call.route.id);
      break;
    case 'burst':
      model.burst(call.route.id ?? '', fault.events ?? BURST);
      break;
  }

  const answer = execute(model, call);
  switch (fault.kind) {
    case 'slow':
      await wait(fault.ms ?? SLOW, call.signal);
      break;
    case 'never':
      return silence(call.signal);
    case 'lost':
      return Response.error();
    case 'silently-lost':
      return answerResponse({ status: 204 });
    case 'truncated':
      return textResponse(firstHalf(JSON.stringify(answer.value)), answer.status);
    case 'duplicate':
      model.repeat(call.route.id ?? '', eventsOf(answer));
      return answerResponse({ status: 200, value: [...eventsOf(answer), ...eventsOf(answer)] });
    case 'malformed':
      return answerResponse({ status: 200, value: withOneBroken(eventsOf(answer), random) });
  }
  return answerResponse(answer);
}

/** Only reads of a queue that find something get to where this is asked. */
function eventsOf(answer: LinxoAnswer): readonly LinxoEvent[] {
  return Array.isArray(answer.value) ? answer.value : [];
}

function withOneBroken(events: readonly LinxoEvent[], random: SeededRandom): readonly unknown[] {
  const broken = MALFORMED[random.between(0, MALFORMED.length - 1)];
  const place = random.between(0, events.length);
  return [...events.slice(0, place), broken, ...events.slice(place)];
}

function firstHalf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}
