import { attempt } from '../check.ts';
import { retryAfter } from '../http/retry-after.ts';
import type { Answer } from './exchange.ts';
import type { Fault } from './fault.ts';
import { FORM, quotedValue } from './quoted-value.ts';
import { withReason } from './with-reason.ts';

/** What an answer with 429 or 503 says about when to come back. */
export interface Busy {
  /** In ms; `undefined` if it does not say, or in a way that is not understood. */
  readonly wait: number | undefined;
  readonly faults: readonly Fault[];
}

/** `undefined` for any other status. */
export function judgeBusy(answer: Answer): Busy | undefined {
  if (answer.status !== 429 && answer.status !== 503) return undefined;
  const wait = waitIn(answer);
  return { wait, faults: faultsOf(answer, wait) };
}

function waitIn(answer: Answer): number | undefined {
  return attempt(() => {
    const headers = new Headers();
    for (const name of ['retry-after', 'date']) {
      const { value } = answer.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    return retryAfter(headers);
  });
}

function faultsOf(answer: Answer, wait: number | undefined): readonly Fault[] {
  const { status, seesAllHeaders } = answer;
  const header = answer.header('retry-after');
  const { value, isReadable } = header;
  if (value === undefined) {
    if (seesAllHeaders)
      return [{ id: 'rate-limit-form', seen: `The answer with ${status} has no header Retry-After.` }];
    const seen = `This page may read no header Retry-After of the answer with ${status}: it is missing, or not exposed.`;
    return [{ id: 'retry-after-hidden', seen }];
  }
  const faults: Fault[] = [];
  if (wait === undefined) {
    const seen = `Retry-After is ${quotedValue(value, FORM.time)}, which is not understood.`;
    faults.push({ id: 'rate-limit-form', seen });
  }
  if (!isReadable) {
    const seen = `The answer with ${status} has the header Retry-After, but does not expose it.`;
    faults.push({ id: 'retry-after-hidden', seen: withReason(seen, header) });
  }
  return faults;
}
