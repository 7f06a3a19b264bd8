import type { WidgetBridge } from './bridge.ts';
import type { SendOptions } from './command.ts';

/** The Open Banking functions by their names on the wire. One of them is misspelled there. */
export type OpenBankingFunction =
  | 'getBankConfiguration'
  | 'getAccounts'
  | 'getFinancialInstitutions'
  | 'ConnectLite'
  | 'deleteAccountByInstituionLoginId'
  | 'refreshTime';

/**
 * Calls one Open Banking function. Parameters are sent unchanged, beside `type`. The vendor documents neither parameters
 * nor results, so the result has the type that the caller names, or the output type of a `schema`.
 */
export type OpenBankingCall = <T = unknown>(parameters?: object, options?: SendOptions<T>) => Promise<T>;

/** The six Open Banking functions. All reject as {@link WidgetBridge.send} does. */
export interface OpenBankingClient {
  /** First call of the flow: all assets, texts and images. */
  getBankConfiguration: OpenBankingCall;
  /** All accounts of the user. */
  getAccounts: OpenBankingCall;
  /** Free-text search among financial institutions, during onboarding. */
  getFinancialInstitutions: OpenBankingCall;
  /** A connection link, to finish onboarding at the institution. On the wire: `ConnectLite`. */
  connectLite: OpenBankingCall;
  /** Unlinks all accounts of one login id. On the wire: `deleteAccountByInstituionLoginId`, with this spelling. */
  deleteAccountByInstitutionLoginId: OpenBankingCall;
  /** Onboarding status and dates of each institution login of the user. */
  refreshTime: OpenBankingCall;
}

/**
 * The Open Banking functions, for a page that calls them itself.
 *
 * @example
 * ```ts
 * import { openBankingClient, type WidgetBridge } from 'bankside';
 *
 * declare const bridge: WidgetBridge;
 * const openBanking = openBankingClient(bridge);
 * const { accounts } = await openBanking.getAccounts<{ accounts: { id: string }[] }>();
 * ```
 */
export function openBankingClient(bridge: Pick<WidgetBridge, 'send'>): OpenBankingClient {
  const call =
    (type: OpenBankingFunction): OpenBankingCall =>
    (parameters, options) =>
      bridge.send('ob', { ...parameters, type }, options);
  return {
    getBankConfiguration: call('getBankConfiguration'),
    getAccounts: call('getAccounts'),
    getFinancialInstitutions: call('getFinancialInstitutions'),
    connectLite: call('ConnectLite'),
    deleteAccountByInstitutionLoginId: call('deleteAccountByInstituionLoginId'),
    refreshTime: call('refreshTime'),
  };
}
