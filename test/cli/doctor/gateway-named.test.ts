import { expect, it } from 'vitest';
import { gatewayNamed } from '../../../src/cli/doctor/gateway-named.ts';

it.each([
  ['nginx', 'nginx'],
  ['nginx/1.27.0 (Ubuntu)', 'nginx'],
  ['openresty/1.25', 'nginx'],
  ['Apache/2.4.58 (Debian)', 'apache'],
  ['Apache', 'apache'],
  ['Apache-Coyote/1.1', undefined],
  ['envoy', 'envoy'],
  ['istio-envoy', 'envoy'],
  ['Microsoft-IIS/10.0', undefined],
  ['', undefined],
  [undefined, undefined],
])('the header Server %s names the gateway %s', (server, gateway) => {
  expect(gatewayNamed(server)).toBe(gateway);
});
