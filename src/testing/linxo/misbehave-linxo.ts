import { wait } from '../clock.ts';
import type { LinxoFault } from '../faults/fault.ts';
import { errorResponse, htmlResponse, silence } from '../faults/responses.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { QueueModel } from './create-queue-service.ts';
import { answerResponse, type LinxoAnswer, textResponse } from './linxo-answer.ts';
import { execute, type LinxoCall } from './linxo-call.ts';
import { linxoRefusal } from './refusal.ts';
import type { LinxoEvent } from './wire.ts';

/** What a faulty request needs. */
export interface LinxoCircumstances {
  readonly model: QueueModel;
  readonly random: SeededRandom;
  readonly now: () => number;
}

const SLOW_DELAY = 3_000;
const BURST_EVENTS = 500;

/** None of these is an event. */
const MALFORMED: readonly unknown[] = [
  null,
  'event',
  {},
  { id: '', event_type: 'LIST_ACCOUNTS' },
  { event_type: 'LIST_ACCOUNTS', resource_type: 'CONNECTION' },
  { id: 'broken', event_type: 'LIST_ACCOUNTS', resource_type: 'CONNECTION', resource: 'connection' },
];

/** `stale-token` is handled before. */
type AnswerFault = Exclude<LinxoFault, { kind: 'stale-token' }>;

/** With an error, the request is not carried out. If only the answer is lost, it is. */
export async function misbehaveLinxo(
  fault: AnswerFault,
  call: LinxoCall,
  { model, random, now }: LinxoCircumstances,
): Promise<Response> {
  switch (fault.kind) {
    case 'error':
      return errorResponse(fault, now(), linxoRefusal);
    case 'garbage':
      return htmlResponse(200);
    case 'network':
      return Response.error();
    case 'gone':
      model.killQueue(call.route.id);
      break;
    case 'burst':
      model.burst(call.route.id ?? '', fault.events ?? BURST_EVENTS);
      break;
  }

  const answer = execute(model, call);
  switch (fault.kind) {
    case 'slow':
      await wait(fault.ms ?? SLOW_DELAY, call.signal);
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
      return answerResponse({ status: 200, value: withMalformed(eventsOf(answer), random) });
  }
  return answerResponse(answer);
}

/** Faults about events only apply to reads that return some. */
function eventsOf(answer: LinxoAnswer): readonly LinxoEvent[] {
  return Array.isArray(answer.value) ? answer.value : [];
}

function withMalformed(events: readonly LinxoEvent[], random: SeededRandom): readonly unknown[] {
  const broken = MALFORMED[random.between(0, MALFORMED.length - 1)];
  const place = random.between(0, events.length);
  return [...events.slice(0, place), broken, ...events.slice(place)];
}

function firstHalf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}
