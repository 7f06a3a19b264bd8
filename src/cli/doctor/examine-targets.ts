import { type Check, type Diagnosis, examine, type Subject } from '../../doctor/examine.ts';
import type { Sender } from '../../doctor/exchange.ts';
import type { GatewayName } from '../../doctor/remedies.ts';
import type { DoctorSettings, Target, TokenOrigin } from './doctor-settings.ts';
import { examinePage } from './examine-page.ts';
import { gatewayNamed } from './gateway-named.ts';
import { createNodeSender } from './node-sender.ts';
import { withoutSecrets } from './without-secrets.ts';

/** The tokens that are sent. `undefined`: none is. */
export interface Tokens {
  readonly authToken: string | undefined;
  readonly accessToken: string | undefined;
}

/** What came of it, and the gateway that an answer names. */
export interface Examination extends Diagnosis {
  readonly gateway: GatewayName | undefined;
}

/** Examines the servers, then the page. */
export async function examineTargets(
  settings: DoctorSettings,
  tokens: Tokens,
  signal: AbortSignal,
  onCheck?: (check: Check) => void,
): Promise<Examination> {
  const { origin, headers, credentials, cookie, timeout, ca, targets } = settings;
  const sender = createNodeSender({ origin, tokens, headers, credentials, cookie, timeout, ca });
  let gateway: GatewayName | undefined;
  const watched: Sender = {
    async send(probe, sending) {
      const exchange = await sender.send(probe, sending);
      gateway ??= gatewayNamed(exchange.answer?.header('server').value);
      return exchange;
    },
  };
  const servers = await examine({ subjects: subjectsOf(settings), sender: watched, signal, onCheck });
  const page = targets.find(isPage);
  const ofPage =
    page &&
    (await examinePage({
      origin,
      url: page.url,
      targets: targets.filter(isServer),
      timeout,
      ca,
      signal,
      onCheck,
    }));
  const values = headers.map(([, value]) => value);
  return {
    findings: withoutSecrets(
      [...servers.findings, ...(ofPage?.findings ?? [])],
      [tokens.authToken, tokens.accessToken, cookie, ...values],
    ),
    checks: [...servers.checks, ...(ofPage?.checks ?? [])],
    gateway,
  };
}

/** What `examine` is to know of the servers. */
export function subjectsOf({ targets, authToken, accessToken }: DoctorSettings): readonly Subject[] {
  return targets.filter(isServer).map(({ name, url }) => ({
    name,
    url,
    token: tokenState(name === 'linxo' ? accessToken : authToken),
  }));
}

type ServerTarget = Target & { readonly name: Subject['name'] };

function isServer(target: Target): target is ServerTarget {
  return !isPage(target);
}

function isPage({ name }: Target): boolean {
  return name === 'page';
}

function tokenState({ from }: TokenOrigin): Subject['token'] {
  if (from === 'missing') return 'missing';
  return from === 'gateway' ? 'none' : 'valid';
}
