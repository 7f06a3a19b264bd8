import type { Diagnosis } from '../../doctor/examine.ts';
import type { DiagnoseOptions } from './diagnose-options.ts';
import { prepareDiagnosis } from './prepare-diagnosis.ts';

/**
 * Examines, from the page, the servers that a widget and a poller need: what the page may send, what it may read, and whether the
 * answers have the form that `bankside` needs. The command `npx bankside doctor` examines the same and more, since a browser hides
 * a part from pages.
 *
 * It changes no data: its commands only read, and the one event queue that it makes ends by itself after 15 minutes. Tokens go to
 * the given addresses alone. The result has no token, body or query.
 *
 * @returns The findings, and each check with its result. Without findings, all that could be seen is right.
 * @throws BanksideError `INVALID_OPTIONS` naming the option, also if a function of the options throws. `INVALID_CALL` where there
 *   is no page. It rejects with the reason of `signal` if that aborts.
 * @example
 * ```ts
 * import { diagnose } from 'bankside/inspector';
 *
 * const { findings } = await diagnose({
 *   endpoints: { pserver: 'https://gateway.bank.example/pserver/execute' },
 *   authToken: async () => (await fetch('/session/token', { method: 'POST' })).text(),
 * });
 * for (const { severity, request, seen, advice } of findings) console.log(severity, request, seen, advice);
 * ```
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  return prepareDiagnosis(options).run();
}
