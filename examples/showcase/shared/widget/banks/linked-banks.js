import { createAnnouncer } from '../../dom/announcer.js';
import { element } from '../../dom/element.js';
import { request } from '../client.js';
import { counted, dayAndTime, money } from '../format.js';
import { confirmed } from '../modal.js';
import { Part } from '../part.js';

/**
 * @typedef {object} Login
 * @property {string} institutionLoginId
 * @property {string} institutionName
 * @property {'PENDING' | 'CONNECTED'} status
 * @property {string} onboardedAt
 * @property {string} refreshedAt
 *
 * @typedef {object} Account
 * @property {string} name
 * @property {string} number
 * @property {number} balance
 * @property {string} currency
 * @property {string} institutionLoginId
 */

/** @param {import('../client.js').Client} client */
export function createLinkedBanks(client) {
  const part = new Part({
    name: 'linked',
    title: 'Linked',
    empty: 'No other bank is linked yet.',
    level: 'h4',
  });
  const status = element('p', { class: 'visually-hidden', role: 'status' });
  const announce = createAnnouncer(status);
  part.element.append(status);

  async function read() {
    const [{ logins }, { accounts }] = await Promise.all([
      request(client, 'ob', 'refreshTime'),
      request(client, 'ob', 'getAccounts'),
    ]);
    return { logins, accounts };
  }

  /** @type {import('../part.js').Ask<{ logins: Login[], accounts: Account[] }>} */
  const ask = (ok, fail) => {
    read().then(ok).catch(fail);
  };
  const load = () => part.load(ask, draw);

  /** @param {{ logins: Login[], accounts: Account[] }} answer */
  function draw({ logins, accounts }) {
    if (logins.length === 0) return undefined;
    const items = logins.map((login) =>
      createLogin(
        login,
        accounts.filter(({ institutionLoginId }) => institutionLoginId === login.institutionLoginId),
        { unlink: () => unlink(login), checkAgain },
      ),
    );
    return element('ul', { class: 'logins', role: 'list' }, ...items);
  }

  function checkAgain() {
    part.focus();
    load();
  }

  /** @param {Login} login */
  async function unlink({ institutionLoginId, institutionName }) {
    const sure = await confirmed({
      name: 'unlink',
      title: `Unlink ${institutionName}?`,
      text: 'Its accounts will no longer be shown here. Nothing changes at that bank.',
      confirm: 'Unlink',
    });
    if (!sure) return;
    part.focus();
    // After a failure only the list is read again: whether the bank is still there is what the customer wants to know.
    const remove = async () => {
      await request(client, 'ob', 'deleteAccountByInstituionLoginId', { institutionLoginId });
      announce(`${institutionName} is unlinked.`);
      return read();
    };
    part.load((ok, fail) => void remove().then(ok).catch(fail), draw, ask);
  }

  load();
  return { element: part.element, load, focus: () => part.focus() };
}

/**
 * @param {Login} login
 * @param {Account[]} accounts
 * @param {{ unlink: () => void, checkAgain: () => void }} actions
 */
function createLogin(
  { institutionLoginId, institutionName, status, refreshedAt },
  accounts,
  { unlink, checkAgain },
) {
  const pending = status === 'PENDING';
  return element(
    'li',
    { class: 'login', 'data-login': institutionLoginId, 'data-status': status },
    element(
      'div',
      { class: 'login-head' },
      element(
        'div',
        { class: 'row-words' },
        element('span', { class: 'row-title' }, institutionName),
        element('span', { class: 'row-note' }, describe(accounts, refreshedAt)),
      ),
      element(
        'span',
        { class: pending ? 'tag tag-pending' : 'tag tag-good' },
        pending ? 'Pending' : 'Connected',
      ),
    ),
    element('ul', { class: 'rows', role: 'list' }, ...accounts.map(createAccount)),
    element(
      'div',
      { class: 'login-actions' },
      pending && createAction('check', 'Check again', institutionName, checkAgain),
      createAction('unlink', 'Unlink', institutionName, unlink),
    ),
  );
}

/**
 * @param {Account[]} accounts
 * @param {string} refreshedAt
 */
function describe(accounts, refreshedAt) {
  const when = dayAndTime(refreshedAt);
  return counted(accounts.length, 'account') + (when ? ` · updated ${when}` : '');
}

/** @param {Account} account */
function createAccount({ name, number, balance, currency }) {
  return element(
    'li',
    { class: 'row' },
    element(
      'span',
      { class: 'row-words' },
      element('span', { class: 'row-title' }, name),
      element('span', { class: 'row-note' }, number),
    ),
    element('span', { class: 'row-sum' }, money(balance, currency)),
  );
}

/**
 * @param {string} action
 * @param {string} words
 * @param {string} institutionName
 * @param {() => void} click
 */
function createAction(action, words, institutionName, click) {
  return element(
    'button',
    { type: 'button', class: 'button-quiet', 'data-action': action, click },
    words,
    element('span', { class: 'visually-hidden' }, ` ${institutionName}`),
  );
}
