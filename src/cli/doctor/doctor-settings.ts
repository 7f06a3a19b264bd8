import type { SubjectName } from '../../doctor/finding.ts';
import type { GatewayName } from '../../doctor/remedies.ts';

/** A server that is examined, or the page. */
export interface Target {
  readonly name: SubjectName;
  readonly url: URL;
}

/** Where a token comes from. `gateway`: the gateway adds it. `missing`: nowhere. */
export type TokenOrigin =
  | { readonly from: 'environment'; readonly variable: string }
  | { readonly from: 'command'; readonly command: string }
  | { readonly from: 'gateway' }
  | { readonly from: 'missing' };

/** What the flags say. */
export interface DoctorSettings {
  /** The origin of the page, as browsers send it. */
  readonly origin: string;
  /** In the order of the report. */
  readonly targets: readonly Target[];
  readonly authToken: TokenOrigin;
  readonly accessToken: TokenOrigin;
  /** What the page's option `headers` adds. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Those of their values that came from the environment, so that they are not shown. */
  readonly secretValues: readonly string[];
  /** Whether the page sends cookies to other origins: `credentials: 'include'`. */
  readonly credentials: boolean;
  readonly cookie: string | undefined;
  /** How long each request may take, in ms. */
  readonly timeout: number;
  /** Certificates to trust beside those of Node, as PEM. */
  readonly ca: string | undefined;
  /** Whose configuration is shown. `undefined`: of the one that an answer names. */
  readonly gateway: GatewayName | 'all' | undefined;
  readonly json: boolean;
  readonly dryRun: boolean;
}
