import type { Check } from './diagnosis.ts';
import type { Answer, Exchange, Probe } from './exchange.ts';
import { type Fault, findingsOf } from './fault.ts';
import type { Finding } from './finding.ts';
import { clockDifference, isFromCache } from './judge-clock.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { mayRefuseOrigin } from './may-refuse-origin.ts';
import { type Patience, sendPatiently } from './send-patiently.ts';
import { probeOf, type Step } from './step.ts';
import type { Subject } from './subject.ts';
import { withReason } from './with-reason.ts';

/** Where findings and checks go. */
export interface Report {
  found(findings: readonly Finding[]): void;
  check(check: Check): void;
}

interface Answered {
  readonly probe: Probe;
  readonly answer: Answer;
}

/** After one of these, the next request would end in the same way. */
const NOTHING_COMES: ReadonlySet<string> = new Set([
  'insecure-address',
  'unreachable',
  'certificate',
  'no-answer',
  'not-http',
  'connect-src',
]);

/** What was sent to one subject, and what came back. */
export class SubjectExamination {
  readonly subject: Subject;
  readonly #patience: Patience;
  readonly #report: Report;
  readonly #answered: Answered[] = [];
  #refusal: { readonly step: Step; readonly exchange: Exchange } | undefined;
  #hasSent = false;
  #wasBusy = false;
  /** Why nothing more is to be sent. */
  #end: string | undefined;

  constructor(subject: Subject, patience: Patience, report: Report) {
    this.subject = subject;
    this.#patience = patience;
    this.#report = report;
  }

  /** Sends a request. What its sender finds is not yet reported. */
  async send(step: Step, url: URL): Promise<Exchange> {
    const probe = probeOf(step, this.subject, url);
    const exchange = await sendPatiently(probe, this.#patience);
    const { answer, findings, wasBusy, isBusy, unseen } = exchange;
    if (answer) this.#answered.push({ probe, answer });
    if (wasBusy) this.#wasBusy = true;
    const hasFailed = !this.#hasSent && !answer && findings.some(({ id }) => NOTHING_COMES.has(id));
    this.#hasSent = true;
    if (isBusy) this.#end = unseen;
    else if (hasFailed) this.#end = 'the first request was not answered';
    return exchange;
  }

  /** Leaves out an answer that may only say that the origin is refused, unless another answer has allowed it. */
  judgeable(exchange: Exchange): Exchange {
    const { answer } = exchange;
    if (!answer || !this.#mayRefuseOrigin(answer)) return exchange;
    return { ...exchange, answer: undefined, unseen: 'the gateway may refuse this origin' };
  }

  /**
   * Ends the check of a request: with what its sender found, and what is wrong with the answer.
   *
   * @param reason Why the answer could not be judged, where there is one.
   */
  conclude(
    step: Step,
    { findings, answer, unseen }: Exchange,
    faults: readonly Fault[],
    reason?: string,
  ): void {
    const all = [...findings, ...findingsOf(faults, { subject: this.subject.name, name: step.request })];
    const unjudged = answer ? (reason ?? unseen) : (unseen ?? 'no answer could be read');
    this.#report.found(all);
    this.#check(step.check, all.length > 0, unjudged);
  }

  /** Keeps the answer to a token that is not valid, until it is known how the given token is answered. */
  holdRefusal(step: Step, exchange: Exchange): void {
    this.#refusal = { step, exchange };
  }

  /** @param usual The status for the given token, if one came. */
  concludeRefusal(usual?: number): void {
    if (!this.#refusal) return;
    const { step } = this.#refusal;
    const exchange = this.judgeable(this.#refusal.exchange);
    const { answer } = exchange;
    this.#refusal = undefined;
    const { faults, reason } = answer ? judgeRefusal(answer, this.subject.name, usual) : { faults: [] };
    this.conclude(step, exchange, faults, reason);
  }

  /** Whether nothing more is to be sent. Then the checks that are left end in one. */
  skipsRest(): boolean {
    if (this.#end === undefined) return false;
    this.concludeRefusal();
    this.skip('all further requests', this.#end);
    return true;
  }

  /** Ends a check of one thing in an answer. */
  concludePart(check: string, step: Step, faults: readonly Fault[]): void {
    this.#report.found(findingsOf(faults, { subject: this.subject.name, name: step.request }));
    this.#check(check, faults.length > 0);
  }

  skip(check: string, reason: string): void {
    this.#check(check, false, reason);
  }

  /** Ends the checks of what all answers have. */
  concludeAnswers(): void {
    const answered = this.#answered.filter(({ answer }) => !this.#mayRefuseOrigin(answer));
    this.#checkCaches(answered);
    this.#checkClock(answered);
    this.#checkRetryAfter(answered);
  }

  #mayRefuseOrigin(answer: Answer): boolean {
    return mayRefuseOrigin(answer) && !this.#answered.some((other) => other.answer.allowsPage);
  }

  #check(name: string, wasFound: boolean, reason?: string): void {
    const check = { subject: this.subject.name, name };
    if (wasFound) this.#report.check({ ...check, result: 'found' });
    else this.#report.check(reason ? { ...check, result: 'skipped', reason } : { ...check, result: 'fine' });
  }

  #checkCaches(answered: readonly Answered[]): void {
    const reads = answered.filter(({ probe }) => probe.method === 'GET');
    if (reads.length === 0) return;
    const cached = reads.filter(({ answer }) => isFromCache(answer));
    this.#checkAll('caches', cached, {
      id: 'cached-answer',
      seen: 'The header Age is above 0: a cache answered.',
    });
  }

  /** By answers to POST alone: a cache that does not say so may have answered the others. */
  #checkClock(answered: readonly Answered[]): void {
    const posted = answered.filter(({ probe, answer }) => probe.method === 'POST' && !isFromCache(answer));
    if (!posted.some(({ answer }) => answer.header('date').value !== undefined)) return;
    const wrong = posted.filter(({ answer }) => clockDifference(answer) !== undefined);
    const difference = wrong[0] && clockDifference(wrong[0].answer);
    const seen = `The server's time is ${difference} the clock of this machine.`;
    this.#checkAll("the server's clock", wrong, { id: 'clock', seen });
  }

  /** In a page, the list of exposed headers cannot be read. */
  #checkRetryAfter(answered: readonly Answered[]): void {
    const known = answered.filter(({ answer }) => answer.seesAllHeaders && answer.allowsPage);
    if (this.#wasBusy || known.length === 0) return;
    const headers = known.map(({ answer }) => answer.header('retry-after'));
    const isListed = headers.some(({ isReadable }) => isReadable);
    const seen = withReason('No answer exposes Retry-After.', headers[0] ?? {});
    this.#checkAll('Retry-After is exposed', isListed ? [] : known.slice(0, 1), {
      id: 'retry-after-not-listed',
      seen,
    });
  }

  #checkAll(check: string, wrong: readonly Answered[], fault: Fault): void {
    for (const { probe } of wrong) this.#report.found(findingsOf([fault], probe));
    this.#check(check, wrong.length > 0);
  }
}
