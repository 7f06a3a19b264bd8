import type { Check, Diagnosis } from './diagnosis.ts';
import { examineQueue } from './examine-queue.ts';
import { examineServer } from './examine-server.ts';
import type { Sender } from './exchange.ts';
import type { Finding } from './finding.ts';
import { mergeFindings } from './merge-findings.ts';
import { LONGEST_WAIT } from './plan.ts';
import type { Subject } from './subject.ts';
import { SubjectExamination } from './subject-examination.ts';

export type { Check, Diagnosis } from './diagnosis.ts';
export { planOf } from './plan.ts';
export type { Subject } from './subject.ts';

export interface ExamineOptions {
  readonly subjects: readonly Subject[];
  readonly sender: Sender;
  readonly signal: AbortSignal;
  /** Called as soon as a check has ended, with what it found. */
  readonly onCheck?: ((check: Check, found: readonly Finding[]) => void) | undefined;
  /** How long one request waits for a server that answers 429 or 503, in ms. Default: 10 s. */
  readonly longestWait?: number | undefined;
}

/** Sends what `planOf` says, one request after the other, and judges the answers. Rejects with the reason of the signal alone. */
export async function examine(options: ExamineOptions): Promise<Diagnosis> {
  const { subjects, sender, signal, onCheck, longestWait = LONGEST_WAIT } = options;
  const findings: Finding[] = [];
  const checks: Check[] = [];
  let found: readonly Finding[] = [];
  const report = {
    found(more: readonly Finding[]) {
      findings.push(...more);
      found = [...found, ...more];
    },
    check(check: Check) {
      checks.push(check);
      onCheck?.(check, found);
      found = [];
    },
  };
  for (const subject of subjects) {
    signal.throwIfAborted();
    await examineSubject(new SubjectExamination(subject, { sender, signal, longestWait }, report));
  }
  return { findings: mergeFindings(findings), checks };
}

async function examineSubject(examination: SubjectExamination): Promise<void> {
  const { name, token } = examination.subject;
  await (name === 'linxo' ? examineQueue(examination) : examineServer(examination));
  examination.concludeAnswers();
  if (token !== 'missing') return;
  const missing = name === 'linxo' ? 'accessToken' : 'authToken';
  examination.skip('requests with a valid token', `no ${missing} was given`);
}
