import { orAbort } from '../abort.ts';
import { sleep } from '../time.ts';
import type { Exchange, Probe, Sender } from './exchange.ts';
import { findingsOf } from './fault.ts';
import type { Finding } from './finding.ts';
import { judgeBusy } from './judge-busy.ts';

/** An exchange, after which the server is busy or not. */
export interface PatientExchange extends Exchange {
  /** Whether the server answered with 429 or 503. */
  readonly wasBusy: boolean;
  /** Whether it still did in the end. Such an answer is not judged, so it is left out. */
  readonly isBusy: boolean;
}

export interface Patience {
  readonly sender: Sender;
  readonly signal: AbortSignal;
  /** How long to wait for a busy server, in ms. */
  readonly longestWait: number;
}

/** The first pause where a server does not say how long. It doubles each time. In ms. */
const FIRST_PAUSE = 250;

/** Sends a request, and again while the server is busy, as late as it asks for. Rejects with the reason of the signal. */
export async function sendPatiently(probe: Probe, patience: Patience): Promise<PatientExchange> {
  const { sender, signal, longestWait } = patience;
  const findings: Finding[] = [];
  let waited = 0;
  for (let count = 0; ; count += 1) {
    signal.throwIfAborted();
    const exchange = await orAbort(sender.send(probe, signal), signal);
    findings.push(...exchange.findings);
    const busy = exchange.answer && judgeBusy(exchange.answer);
    if (!busy) return { ...exchange, findings, wasBusy: count > 0, isBusy: false };
    findings.push(...findingsOf(busy.faults, probe));
    const pause = Math.max(busy.wait ?? 0, FIRST_PAUSE * 2 ** count);
    if (waited + pause > longestWait) {
      // That it asks for time is right. An outage is not.
      if (exchange.answer?.status === 503 && busy.wait === undefined)
        findings.push(...findingsOf([{ id: 'server-error', seen: 'The status is 503, also later.' }], probe));
      const unseen = reasonOf(exchange.answer?.status, busy.wait);
      return { findings, answer: undefined, unseen, wasBusy: true, isBusy: true };
    }
    await sleep(pause, signal);
    waited += pause;
  }
}

function reasonOf(status: number | undefined, wait: number | undefined): string {
  const asked = wait ? `, and it asks to wait ${Math.ceil(wait / 1000)} s` : '';
  return `the server is busy: its status is ${status}${asked}`;
}
