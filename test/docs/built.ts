import type * as Source from '../../src/index.ts';
import type * as MonitoringSource from '../../src/monitoring.ts';
import type * as TestingSource from '../../src/testing/index.ts';
import type * as TestingServerSource from '../../src/testing/server/index.ts';
import type * as WebViewHostSource from '../../src/webview-host.ts';

/** By a name that the compiler does not look up: a type check needs no build. */
const load = (name: string): Promise<unknown> => import(name);

/** The built package, as a page gets it by its name. */
export const bankside = (await load('bankside')) as typeof Source;

/** The same of its entry `bankside/monitoring`. */
export const monitoring = (await load('bankside/monitoring')) as typeof MonitoringSource;

/** The same of its entry `bankside/testing`. */
export const testing = (await load('bankside/testing')) as typeof TestingSource;

/** The same of its entry `bankside/testing/server`. */
export const testingServer = (await load('bankside/testing/server')) as typeof TestingServerSource;

/** The same of its entry `bankside/webview-host`. */
export const webViewHost = (await load('bankside/webview-host')) as typeof WebViewHostSource;
