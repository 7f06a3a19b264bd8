import { BANK_CONFIGURATION } from './bank-configuration.ts';
import { textOf } from './command.ts';
import { findInstitutions, INSTITUTIONS, type Institution } from './institutions.ts';
import { type Answer, refusal } from './reply.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createService, type Service } from './service.ts';

/** An account of the user, as Open Banking tells it. */
export interface Account {
  /** Its id. */
  readonly id: string;
  /** What the bank calls it. */
  readonly name: string;
  /** Its number, masked. */
  readonly number: string;
  /** In whole units of the currency, with cents. */
  readonly balance: number;
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** Where it is. */
  readonly institutionId: string;
  /** That institution's name. */
  readonly institutionName: string;
  /** By which access it was found. */
  readonly institutionLoginId: string;
}

/** The user's access to one institution. */
export interface InstitutionLogin {
  /** Its id. */
  readonly institutionLoginId: string;
  /** To which institution. */
  readonly institutionId: string;
  /** That institution's name. */
  readonly institutionName: string;
  /** `PENDING` until the user has finished there. */
  readonly status: 'PENDING' | 'CONNECTED';
  /** When it was made, ISO 8601. */
  readonly onboardedAt: string;
  /** When it was last brought up to date, ISO 8601. */
  readonly refreshedAt: string;
}

/** The Open Banking server. */
export interface OpenBankingServer extends Service {
  /** All that can be found. */
  readonly institutions: readonly Institution[];
  /** Those of the user now. */
  readonly accounts: readonly Account[];
  /** The user's accesses now. */
  readonly logins: readonly InstitutionLogin[];
}

const LINKED_AT_FIRST = ['fr-banque-du-heron-bleu', 'de-sparhaus-grunfink'];
const MOST_LOGINS = 1_000;
const ACCOUNT_NAMES = ['Current account', 'Savings'];

export function createOpenBankingServer(random: SeededRandom): OpenBankingServer {
  const accounts: Account[] = [];
  const logins: InstitutionLogin[] = [];
  let linked = 0;

  function link(institution: Institution, status: InstitutionLogin['status']): InstitutionLogin {
    linked += 1;
    const now = new Date().toISOString();
    const login = {
      institutionLoginId: `login-${linked}`,
      institutionId: institution.id,
      institutionName: institution.name,
      status,
      onboardedAt: now,
      refreshedAt: now,
    };
    logins.push(login);
    accounts.push(...accountsOf(login, institution, random));
    return login;
  }

  function connect(institutionId: string): Answer {
    const institution = INSTITUTIONS.find(({ id }) => id === institutionId);
    if (!institution) return refusal(404, 'There is no institution with that id.');
    if (logins.length >= MOST_LOGINS)
      return refusal(429, `There are ${MOST_LOGINS} logins, which is the most.`);
    const { institutionLoginId } = link(institution, 'PENDING');
    const connectUrl = `https://onboarding.bankside.example/${institution.id}/${institutionLoginId}`;
    return { connectUrl, institutionLoginId };
  }

  function unlink(institutionLoginId: string): Answer {
    const belongs = (item: { institutionLoginId: string }) => item.institutionLoginId === institutionLoginId;
    if (!logins.some(belongs)) return refusal(404, 'There is no login with that id.');
    remove(logins, belongs);
    return { deleted: remove(accounts, belongs) };
  }

  /** Who is pending is told so once, and has finished at the institution by the next time. */
  function refreshTime(): Answer {
    const told = [...logins];
    const refreshedAt = new Date().toISOString();
    logins.forEach((login, index) => {
      if (login.status === 'PENDING') logins[index] = { ...login, status: 'CONNECTED', refreshedAt };
    });
    return { logins: told };
  }

  for (const institution of INSTITUTIONS) {
    if (LINKED_AT_FIRST.includes(institution.id)) link(institution, 'CONNECTED');
  }

  const service = createService('ob', {
    getBankConfiguration: () => ({ ...BANK_CONFIGURATION }),
    getAccounts: () => ({ accounts: [...accounts] }),
    getFinancialInstitutions: (command) => ({ institutions: findInstitutions(textOf(command, 'query')) }),
    ConnectLite: (command) => connect(textOf(command, 'institutionId')),
    // Spelled as the vendor's documents spell it, and as they surely meant it.
    deleteAccountByInstituionLoginId: (command) => unlink(textOf(command, 'institutionLoginId')),
    deleteAccountByInstitutionLoginId: (command) => unlink(textOf(command, 'institutionLoginId')),
    refreshTime,
  });
  return { ...service, institutions: INSTITUTIONS, accounts, logins };
}

function accountsOf(login: InstitutionLogin, institution: Institution, random: SeededRandom): Account[] {
  const { institutionLoginId, institutionId, institutionName } = login;
  return ACCOUNT_NAMES.map((name, index) => ({
    id: `${institutionLoginId}-account-${index + 1}`,
    name,
    number: `${institution.country}${random.between(10, 99)} •••• •••• ${random.between(1_000, 9_999)}`,
    balance: random.amount(180, 6_400),
    currency: 'EUR',
    institutionId,
    institutionName,
    institutionLoginId,
  }));
}

/** In place, since others hold the list; returns how many went. */
function remove<T>(list: T[], unwanted: (item: T) => boolean): number {
  const kept = list.filter((item) => !unwanted(item));
  const removed = list.length - kept.length;
  list.splice(0, list.length, ...kept);
  return removed;
}
