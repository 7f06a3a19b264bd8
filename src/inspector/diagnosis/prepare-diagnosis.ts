import { attempt } from '../../check.ts';
import { type Check, type Diagnosis, examine, planOf } from '../../doctor/examine.ts';
import { type DiagnoseOptions, type DiagnoseSettings, readDiagnoseOptions } from './diagnose-options.ts';
import { checkPage } from './page-checks.ts';
import { PageRequests } from './page-requests.ts';
import { PageSender } from './page-sender.ts';
import { PolicyWatch } from './policy-watch.ts';

/** A diagnosis with checked options, which has sent nothing yet. */
export interface PreparedDiagnosis {
  /** What it will send, one line each. */
  readonly plan: readonly string[];
  /** Call it once. */
  run(): Promise<Diagnosis>;
}

/** As many as `FailureSearch` sends at most. */
const ALSO_SENT = [
  'Where a request fails: the same once more, and at most 8 smaller ones and one for each of its headers, which find out why. They have your headers and a made-up token. They make no queue, and what was found is not searched a second time.',
  'One of them has neither token, header nor cookie, and follows a redirect, since browsers allow it in no other way.',
];

/** @throws As `diagnose` rejects for its options. */
export function prepareDiagnosis(options: DiagnoseOptions): PreparedDiagnosis {
  const settings = readDiagnoseOptions(options);
  settings.signal.throwIfAborted();
  return { plan: [...planOf(settings.subjects), ...ALSO_SENT], run: () => run(settings) };
}

async function run(settings: DiagnoseSettings): Promise<Diagnosis> {
  const { subjects, signal } = settings;
  const policy = new PolicyWatch();
  const requests = new PageRequests(settings);
  // A handler that throws does not end the diagnosis.
  const onCheck = (check: Check): void => void attempt(() => settings.onCheck?.(check));
  try {
    await requests.getTokens();
    const ofServers = await examine({ subjects, sender: new PageSender(requests, policy), signal, onCheck });
    const ofPage = checkPage(subjects, ofServers.findings);
    ofPage.checks.forEach(onCheck);
    return {
      findings: [...ofServers.findings, ...ofPage.findings],
      checks: [...ofServers.checks, ...ofPage.checks],
    };
  } finally {
    policy.stop();
    requests.forgetTokens();
  }
}
