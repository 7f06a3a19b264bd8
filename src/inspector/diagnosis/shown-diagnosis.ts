import { onAbort } from '../../abort.ts';
import { attempt, isSignal } from '../../check.ts';
import type { Check, Diagnosis } from '../../doctor/examine.ts';
import { isBanksideError } from '../../errors.ts';
import type { DiagnosisState } from '../model/diagnosis-words.ts';
import type { DiagnoseOptions } from './diagnose-options.ts';
import { prepareDiagnosis } from './prepare-diagnosis.ts';

/** The diagnosis of one element: at most one at a time, and its state for the panel. */
export class ShownDiagnosis {
  readonly #changed: () => void;
  #options: DiagnoseOptions | undefined;
  #abort: AbortController | undefined;
  #state: DiagnosisState | undefined;

  /** @param changed Called after each change of the state. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get state(): DiagnosisState | undefined {
    return this.#state;
  }

  /** Stops the one that runs, and starts another. Rejects as `diagnose` does, or with an `AbortError` if it is stopped. */
  async run(options: DiagnoseOptions): Promise<Diagnosis> {
    this.stop();
    const abort = new AbortController();
    this.#options = options;
    this.#abort = abort;
    const given = options?.signal;
    const hadEnded = isSignal(given) && given.aborted;
    const removeListener = isSignal(given) ? onAbort(given, () => abort.abort(given.reason)) : () => {};
    let done: Done = { plan: [], checks: [] };
    const show = (state: DiagnosisState): void => {
      if (state.state === 'running') done = state;
      if (this.#abort === abort) this.#show(state);
    };
    try {
      return await start(options, abort.signal, show);
    } catch (error) {
      const { plan, checks } = done;
      const state = abort.signal.aborted ? 'stopped' : 'failed';
      const why = hadEnded ? 'Its signal had already aborted.' : reasonOf(error, state);
      show({ state, why, plan, checks });
      throw error;
    } finally {
      removeListener();
    }
  }

  /** Runs it with the options of the last time. */
  again(): void {
    if (this.#options) this.run(this.#options).catch(() => {}); // the panel shows it
  }

  stop(): void {
    if (this.#state?.state === 'running')
      this.#abort?.abort(new DOMException('The diagnosis was stopped', 'AbortError'));
  }

  /** Stops it, and forgets it with its options. */
  close(): void {
    this.stop();
    this.#abort = undefined;
    this.#options = undefined;
    this.#show(undefined);
  }

  #show(state: DiagnosisState | undefined): void {
    this.#state = state;
    this.#changed();
  }
}

/** What was done until now. */
type Done = Pick<DiagnosisState & { readonly state: 'running' }, 'plan' | 'checks'>;

/** The page's own errors may have secrets in their messages. */
function reasonOf(error: unknown, state: 'stopped' | 'failed'): string {
  if (isBanksideError(error)) return error.message;
  const isTimeLimit = attempt(() => (error as Error).name === 'TimeoutError');
  if (state === 'stopped') return isTimeLimit ? 'The time limit of its signal ended it.' : 'It was stopped.';
  return 'It ended with an unexpected error.';
}

async function start(
  options: DiagnoseOptions,
  signal: AbortSignal,
  show: (state: DiagnosisState) => void,
): Promise<Diagnosis> {
  const checks: Check[] = [];
  // A signal that is none is left in, for the check of the options.
  const own = options?.signal === undefined || isSignal(options.signal) ? { signal } : {};
  const onCheck = (check: Check): void => {
    checks.push(check);
    show({ state: 'running', plan, checks });
    options.onCheck?.(check);
  };
  const { plan, run } = prepareDiagnosis({ ...options, ...own, ...withHandler(options, onCheck) });
  show({ state: 'running', plan, checks });
  const diagnosis = await run();
  show({ state: 'ended', plan, diagnosis });
  return diagnosis;
}

/** A handler that is no function is left in, too. */
function withHandler(
  options: DiagnoseOptions,
  onCheck: (check: Check) => void,
): Pick<DiagnoseOptions, 'onCheck'> {
  const given: unknown = options?.onCheck;
  return given === undefined || typeof given === 'function' ? { onCheck } : {};
}
