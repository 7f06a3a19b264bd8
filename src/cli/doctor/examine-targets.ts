import { type Check, type Diagnosis, examine, type Subject } from '../../doctor/examine.ts';
import type { Sender } from '../../doctor/exchange.ts';
import type { Finding } from '../../doctor/finding.ts';
import type { GatewayName } from '../../doctor/remedies.ts';
import { queueIdIn } from '../../queue/server/queue-id-in.ts';
import type { DoctorSettings, Target, TokenOrigin } from './doctor-settings.ts';
import { examinePage } from './examine-page.ts';
import { gatewayNamed } from './gateway-named.ts';
import { createNodeSender } from './node-sender.ts';
import { createQuote } from './quote.ts';
import { isLong, secretsOf } from './secrets.ts';
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
  onCheck?: (check: Check, found?: readonly Finding[]) => void,
): Promise<Examination> {
  const { origin, headers, secretValues, credentials, cookie, timeout, ca, targets } = settings;
  const addresses = targets.map(({ url }) => url);
  const secrets = [...secretsOf({ tokens, cookie, secretValues, addresses })];
  const shown = (check: Check): Check =>
    check.reason === undefined ? check : { ...check, reason: withoutSecrets(check.reason, secrets, origin) };
  const report =
    onCheck && ((check: Check, found?: readonly Finding[]): void => onCheck(shown(check), found));
  const sender = createNodeSender({ origin, tokens, headers, credentials, cookie, timeout, ca, secrets });
  let gateway: GatewayName | undefined;
  const watched: Sender = {
    async send(probe, sending) {
      const exchange = await sender.send(probe, sending);
      gateway ??= gatewayNamed(exchange.answer?.header('server').value);
      const queue = queueIdIn(exchange.answer?.header('location').value ?? '');
      if (queue !== undefined && isLong(queue)) secrets.push(queue);
      return exchange;
    },
  };
  const servers = await examine({ subjects: subjectsOf(settings), sender: watched, signal, onCheck: report });
  const page = targets.find(isPage);
  const ofPage =
    page &&
    (await examinePage({
      origin,
      url: page.url,
      targets: targets.filter(isServer),
      timeout,
      ca,
      quote: createQuote(secrets),
      signal,
      onCheck: report,
    }));
  return {
    findings: [...servers.findings, ...(ofPage?.findings ?? [])].map((finding) => ({
      ...finding,
      seen: withoutSecrets(finding.seen, secrets, origin),
    })),
    checks: [...servers.checks, ...(ofPage?.checks ?? [])].map(shown),
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
