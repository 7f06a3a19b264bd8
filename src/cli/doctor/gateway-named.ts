import type { GatewayName } from '../../doctor/remedies.ts';

/** Beginnings of the header `Server`. The others do not name themselves. */
const NAMES: readonly (readonly [RegExp, GatewayName])[] = [
  [/^(nginx|openresty)\b/i, 'nginx'],
  [/^apache(?![\w-])/i, 'apache'],
  [/^(istio-)?envoy\b/i, 'envoy'],
];

/** Which gateway the header `Server` of an answer names. */
export function gatewayNamed(server: string | undefined): GatewayName | undefined {
  return NAMES.find(([pattern]) => pattern.test(server ?? ''))?.[1];
}
