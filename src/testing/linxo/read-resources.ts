import type { QueueModel } from './create-queue-service.ts';
import { type LinxoAnswer, refusalAnswer } from './linxo-answer.ts';
import type { LinxoRoute } from './linxo-route.ts';
import { pageOf, secondsOf, valuesOf } from './list-query.ts';
import { accountForm, connectionForm, listForm, transactionForm } from './version-forms.ts';

/** Answers a read of connections, accounts, transactions or the user. */
export function readResources(model: QueueModel, route: LinxoRoute, user: string): LinxoAnswer {
  if (isAboutOthers(route, user)) return refusalAnswer(403, 'The token belongs to another user.');
  switch (route.operation) {
    case 'connection':
      return route.id === undefined
        ? listConnections(model, route, user)
        : readConnection(model, route, user);
    case 'account':
      return route.id === undefined ? listAccounts(model, route, user) : readAccount(model, route, user);
    case 'transaction':
      return listTransactions(model, route, user);
    default:
      return { status: 200, value: model.user(user) };
  }
}

/** In version 3, a read can name the user. */
function isAboutOthers({ version, query }: LinxoRoute, user: string): boolean {
  return version === '3' && (query.get('user_id') ?? user) !== user;
}

function listConnections(model: QueueModel, { version }: LinxoRoute, user: string): LinxoAnswer {
  const connections = model.connections(user).map((connection) => connectionForm(version, connection));
  return { status: 200, value: listForm(version, 'connections', connections) };
}

function readConnection(model: QueueModel, { id = '', version }: LinxoRoute, user: string): LinxoAnswer {
  const connection = model.connection(id);
  // A poller forgets a connection that is gone, and one that another user has is gone for it.
  if (connection?.user_id !== user) return refusalAnswer(404, 'There is no connection with that id.');
  return { status: 200, value: connectionForm(version, connection) };
}

function listAccounts(model: QueueModel, { version, query }: LinxoRoute, user: string): LinxoAnswer {
  const wanted = valuesOf(query, 'connection_id');
  const accounts = model.accounts(user).filter((account) => isWanted(account.connection_id, wanted));
  const page = pageOf(accounts, query).map((account) => accountForm(version, account));
  return { status: 200, value: listForm(version, 'accounts', page) };
}

function readAccount(model: QueueModel, { id = '', version }: LinxoRoute, user: string): LinxoAnswer {
  const account = model.accounts(user).find((one) => one.id === id);
  if (account) return { status: 200, value: accountForm(version, account) };
  if (model.userOfAccount(id) === undefined) return refusalAnswer(404, 'There is no account with that id.');
  return refusalAnswer(403, 'This account belongs to another user.');
}

function listTransactions(model: QueueModel, { version, query }: LinxoRoute, user: string): LinxoAnswer {
  const from = secondsOf(query.get('start_date') ?? '0');
  const to = query.has('end_date') ? secondsOf(query.get('end_date') ?? '') : Infinity;
  if (Number.isNaN(from) || Number.isNaN(to)) {
    return refusalAnswer(400, 'start_date and end_date must be unix seconds, or dates in ISO 8601.');
  }
  const wanted = valuesOf(query, 'account_id', 'account_ids');
  const transactions = model
    .accounts(user)
    .filter(({ id }) => isWanted(id, wanted))
    .flatMap((account) => model.transactions(account))
    .filter(({ date }) => date >= from && date <= to)
    .sort((one, other) => other.date - one.date);
  const page = pageOf(transactions, query).map((transaction) => transactionForm(version, transaction));
  return { status: 200, value: listForm(version, 'transactions', page) };
}

/** Without a filter, everything is wanted. */
function isWanted(id: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.includes(id);
}
