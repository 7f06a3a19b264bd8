import { TooMany } from '../limits.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { findInstitutions, INSTITUTIONS, type Institution } from './institutions.ts';
import { type CommandAnswer, createService, refusal, type Service, textField } from './service.ts';

/** An account of the user. */
export interface Account {
  /** Its id. */
  readonly id: string;
  /** The bank's name of it. */
  readonly name: string;
  /** Its number, masked. */
  readonly number: string;
  /** In whole units of the currency, with cents. */
  readonly balance: number;
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** The id of its institution. */
  readonly institutionId: string;
  /** The name of the institution. */
  readonly institutionName: string;
  /** The id of the login that found it. */
  readonly institutionLoginId: string;
}

/** The user's login at one institution. */
export interface InstitutionLogin {
  /** Its id. */
  readonly institutionLoginId: string;
  /** The id of the institution. */
  readonly institutionId: string;
  /** The name of the institution. */
  readonly institutionName: string;
  /** `PENDING` until the user has logged in there. */
  readonly status: 'PENDING' | 'CONNECTED';
  /** The time of its creation, ISO 8601. */
  readonly onboardedAt: string;
  /** The time of its last update, ISO 8601. */
  readonly refreshedAt: string;
}

/** The Open Banking server. */
export interface OpenBankingServer extends Service {
  /** All institutions. */
  readonly institutions: readonly Institution[];
  /** The user's current accounts. */
  readonly accounts: readonly Account[];
  /** The user's current logins. */
  readonly logins: readonly InstitutionLogin[];
}

const INITIALLY_LINKED = ['fr-banque-du-heron-bleu', 'de-sparhaus-grunfink'];
const MAX_LOGINS = 1_000;
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

  function connect(institutionId: string): CommandAnswer {
    const institution = INSTITUTIONS.find(({ id }) => id === institutionId);
    if (!institution) return refusal(404, 'There is no institution with that id.');
    if (logins.length >= MAX_LOGINS) return refusal(429, new TooMany(MAX_LOGINS, 'logins').message);
    const { institutionLoginId } = link(institution, 'PENDING');
    const connectUrl = `https://onboarding.bankside.example/${institution.id}/${institutionLoginId}`;
    return { connectUrl, institutionLoginId };
  }

  function unlink(institutionLoginId: string): CommandAnswer {
    const belongs = (item: { institutionLoginId: string }) => item.institutionLoginId === institutionLoginId;
    if (!logins.some(belongs)) return refusal(404, 'There is no login with that id.');
    remove(logins, belongs);
    return { deleted: remove(accounts, belongs) };
  }

  /** A pending login is reported once as pending. After that it is connected. */
  function refreshTime(): CommandAnswer {
    const reported = [...logins];
    const refreshedAt = new Date().toISOString();
    logins.forEach((login, index) => {
      if (login.status === 'PENDING') logins[index] = { ...login, status: 'CONNECTED', refreshedAt };
    });
    return { logins: reported };
  }

  for (const institution of INSTITUTIONS) {
    if (INITIALLY_LINKED.includes(institution.id)) link(institution, 'CONNECTED');
  }

  const service = createService('ob', {
    getBankConfiguration: () => ({ ...BANK_CONFIGURATION }),
    getAccounts: () => ({ accounts: [...accounts] }),
    getFinancialInstitutions: (command) => ({ institutions: findInstitutions(textField(command, 'query')) }),
    ConnectLite: (command) => connect(textField(command, 'institutionId')),
    // The spelling of the vendor's documents, and the correct one.
    deleteAccountByInstituionLoginId: (command) => unlink(textField(command, 'institutionLoginId')),
    deleteAccountByInstitutionLoginId: (command) => unlink(textField(command, 'institutionLoginId')),
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

/** Removes items in place, because callers keep the list. Returns their number. */
function remove<T>(list: T[], unwanted: (item: T) => boolean): number {
  const kept = list.filter((item) => !unwanted(item));
  const removed = list.length - kept.length;
  list.splice(0, list.length, ...kept);
  return removed;
}

/** The bank's texts and images for the Open Banking flow. */
const BANK_CONFIGURATION: Readonly<{
  title: string;
  texts: Readonly<Record<string, string>>;
  assets: Readonly<Record<string, string>>;
}> = {
  title: 'All your accounts in one place',
  texts: {
    intro: 'Link an account that you hold elsewhere, and see it here beside your own.',
    search: 'Search for your bank',
    noResults: 'No bank of that name. Check the spelling, or try a part of the name.',
    consent: 'You stay in control: access ends after 180 days, and you can unlink at any time.',
    connect: 'Continue at your bank',
    pending: 'Waiting for you to finish at your bank',
    connected: 'Linked',
    unlink: 'Unlink',
    unlinkConfirm: 'Unlink this bank? Its accounts will no longer be shown here.',
  },
  assets: {
    accent: '#0f5c4d',
    // A chain link, 24 by 24. A path, so that the content security policy need not allow an image.
    iconPath:
      'M10 7H7a5 5 0 0 0 0 10h3v-2H7a3 3 0 0 1 0-6h3V7zm4 0v2h3a3 3 0 0 1 0 6h-3v2h3a5 5 0 0 0 0-10h-3zm-6 4v2h8v-2H8z',
  },
};
