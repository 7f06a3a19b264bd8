// What the environment says: where the page's requests go, and where the server listens.

/**
 * @typedef {object} PageConfig  what the page reads from /config.json
 * @property {Partial<Record<'pserver' | 'enrich' | 'ob', string>>} endpoints
 * @property {string | null} tokenUrl  answers a POST with the token as text; null: a gateway adds the token
 * @property {QueueConfig | null} queue  the event queue of the user's bank connections, where there is one
 * @property {Record<string, string>} headers  to be sent with every request
 * @property {boolean} sandbox  whether the answers are made up, and faults can be asked for
 *
 * @typedef {object} QueueConfig
 * @property {string} baseUrl
 * @property {string | null} tokenUrl  answers a POST with the token as text; null: a gateway adds the token
 *
 * @typedef {object} Config
 * @property {string} host
 * @property {number} port
 * @property {string[]} allowedHosts  names to answer under besides those of this machine
 * @property {PageConfig} page
 *
 * @typedef {Readonly<Record<string, string | undefined>>} Environment
 */

const SERVERS = /** @type {const} */ (['pserver', 'enrich', 'ob']);

/** A value of the environment that will not do. Its message is one line, and shows no value that might be a secret. */
export class ConfigError extends Error {
  /**
   * @param {string} variable
   * @param {string} expected
   * @param {string} value
   */
  constructor(variable, expected, value) {
    super(`${variable} must be ${expected}, but it is ${describe(value)}.`);
    this.name = 'ConfigError';
  }
}

/**
 * @param {Environment} env
 * @returns {Config}
 */
export function readConfig(env) {
  const read = reader(env);
  const host = read('HOST', 'a host name or an address', isHost) ?? '127.0.0.1';
  const port = Number(read('PORT', 'a whole number from 0 to 65535', isPort) ?? 4173);
  const allowedHosts =
    read('ALLOWED_HOSTS', HOSTS, isListOfHosts)
      ?.split(',')
      .map((name) => name.trim()) ?? [];
  return { host, port, allowedHosts, page: readPage(read) };
}

/**
 * @param {ReturnType<typeof reader>} read
 * @returns {PageConfig}
 */
function readPage(read) {
  const auth = read('BANKSIDE_AUTH', 'header or gateway', isOneOf('header', 'gateway')) ?? 'header';
  const bankId = read('BANKSIDE_BANK_ID', 'visible ASCII characters', isHeaderValue);
  const real = realEndpoints(read);
  const queueUrl = read('BANKSIDE_QUEUE_URL', ADDRESS, isAddress);
  const hasEndpoints = Object.keys(real).length > 0;
  const sandbox = !hasEndpoints && queueUrl === undefined;
  const mode = { auth, sandbox };
  return {
    endpoints: sandbox ? sandboxEndpoints(auth) : real,
    tokenUrl: readTokenUrl(read, {
      ...mode,
      name: 'BANKSIDE_TOKEN_URL',
      own: '/session/token',
      real: hasEndpoints,
    }),
    queue: readQueue(read, queueUrl, mode),
    headers: bankId === undefined ? {} : { bankId },
    sandbox,
  };
}

/**
 * @param {ReturnType<typeof reader>} read
 * @param {string | undefined} real
 * @param {{ auth: string, sandbox: boolean }} mode
 * @returns {QueueConfig | null}
 */
function readQueue(read, real, mode) {
  const name = 'BANKSIDE_QUEUE_TOKEN_URL';
  const own = '/session/access-token';
  const tokenUrl = readTokenUrl(read, { ...mode, name, own, real: real !== undefined });
  const baseUrl = mode.sandbox ? sandboxQueue(mode.auth) : real;
  return baseUrl === undefined ? null : { baseUrl, tokenUrl };
}

/** @param {string} auth */
function sandboxQueue(auth) {
  return auth === 'gateway' ? '/gateway/linxo' : '/linxo';
}

/** @param {ReturnType<typeof reader>} read */
function realEndpoints(read) {
  const entries = SERVERS.map((server) => [
    server,
    read(`BANKSIDE_${server.toUpperCase()}_URL`, ADDRESS, isAddress),
  ]);
  return Object.fromEntries(entries.filter(([, address]) => address !== undefined));
}

/** @param {string} auth */
function sandboxEndpoints(auth) {
  const entries = SERVERS.map((server) => [
    server,
    auth === 'gateway' ? `/gateway/${server}` : `/${server}/execute`,
  ]);
  return Object.fromEntries(entries);
}

/**
 * A real token must not reach the sandbox, nor the sandbox's token a real server.
 *
 * @param {ReturnType<typeof reader>} read
 * @param {{ auth: string, sandbox: boolean, name: string, own: string, real: boolean }} wanted  `own`: the sandbox's;
 *   `real`: whether there is something real that needs the token
 */
function readTokenUrl(read, { auth, sandbox, name, own, real }) {
  const unset = () => false;
  if (auth === 'gateway') {
    read(name, 'left out where a gateway adds the token', unset);
    return null;
  }
  if (!real) {
    read(name, 'left out unless what needs the token is real', unset);
    return sandbox ? own : null;
  }
  const address = read(name, ADDRESS, isAddress);
  if (address === undefined) {
    throw new ConfigError(name, `${ADDRESS}, or BANKSIDE_AUTH must be gateway, for real endpoints`, '');
  }
  return address;
}

const HOSTS = 'host names with commas between them, such as dev.bank.example';
const ADDRESS = 'an https address (http on this machine) without credentials, or a path that begins with /';

/** @param {Environment} env */
function reader(env) {
  /**
   * @param {string} variable
   * @param {string} expected
   * @param {(value: string) => boolean} accepts
   * @returns {string | undefined}
   */
  return (variable, expected, accepts) => {
    const value = env[variable]?.trim();
    if (!value) return undefined;
    if (!accepts(value)) throw new ConfigError(variable, expected, value);
    return value;
  };
}

/** @param {string} value */
function isAddress(value) {
  if (/^\/(?![/\\])/.test(value)) return true;
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** @param {string} hostname */
function isLoopback(hostname) {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** @param {string} value */
function isPort(value) {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
}

/** @param {string} value */
function isHost(value) {
  return /^[\w.:-]+$/.test(value);
}

/** @param {string} value */
function isListOfHosts(value) {
  return value.split(',').every((name) => /^[\w-]+(\.[\w-]+)*(:\d+)?$/.test(name.trim()));
}

/** @param {string} value */
function isHeaderValue(value) {
  return /^[\x21-\x7e]+$/.test(value);
}

/** @param {string[]} words */
function isOneOf(...words) {
  return (/** @type {string} */ value) => words.includes(value);
}

/**
 * A token may have been put into the wrong variable: only what is too short for one is shown, and of an
 * address only what says where it leads.
 *
 * @param {string} value
 */
function describe(value) {
  if (value === '') return 'not set';
  if (URL.canParse(value)) return describeAddress(new URL(value), value);
  return value.length <= 12 ? JSON.stringify(value) : `something else, ${value.length} characters long`;
}

/**
 * @param {URL} url
 * @param {string} value
 */
function describeAddress(url, value) {
  const { protocol, host, username, password } = url;
  if (!host) return `something else, ${value.length} characters long`;
  return `${protocol}//${username || password ? '…@' : ''}${host}/…`;
}
