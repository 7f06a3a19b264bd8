import { BanksideError, type ErrorDetails } from '../errors.ts';
import { printable, shortText } from '../text/printable.ts';
import type { WantedScript, WantedWidget } from './load-options.ts';
import { globalNames } from './loaded-widget.ts';
import type { ScriptOutcome } from './script-outcome.ts';

type Facts = Omit<ErrorDetails['LOAD_FAILED'], 'src' | 'global'>;

/** How many new globals a message names, and how many characters of each. */
const MOST_NAMES = 5;
const LONGEST_NAME = 40;

/** A script that the browser did not run. */
export function notLoaded(
  wanted: WantedWidget,
  script: WantedScript,
  outcome: Extract<ScriptOutcome, { result: 'blocked' | 'failed' }>,
): BanksideError<'LOAD_FAILED'> {
  if (outcome.result === 'failed') {
    const { status } = outcome;
    return failed(wanted, script, whyFailed(script, outcome), {
      reason: 'failed',
      status,
    });
  }
  const { directive } = outcome;
  const what = `was blocked by ${printable(directive)} of the page's content security policy. Allow its address there`;
  return failed(wanted, script, what, { reason: 'blocked', directive });
}

/** The browser has refused to take the address. */
export function notTrusted(wanted: WantedWidget, script: WantedScript): BanksideError<'LOAD_FAILED'> {
  const what =
    'was blocked: this page requires Trusted Types. As src, pass what createScriptURL of your policy returns';
  return failed(wanted, script, what, { reason: 'blocked', directive: 'require-trusted-types-for' });
}

/** @param isAdded Whether a loader has added it. */
export function timedOut(
  wanted: WantedWidget,
  script: WantedScript,
  isAdded: boolean,
): BanksideError<'LOAD_FAILED'> {
  const { timeout } = wanted;
  const what = isAdded
    ? `did not load in ${timeout} ms`
    : `was on the page before, and it is not known whether it ran: no event came in ${timeout} ms. No second one was added, since it may still run`;
  return failed(wanted, script, what, { reason: 'timeout' });
}

/** @param unknown Those of which it is not known whether they ran. */
export function hasThrown(
  wanted: WantedWidget,
  script: WantedScript,
  hasGlobal: boolean,
  unknown: readonly WantedScript[],
): BanksideError<'LOAD_FAILED'> {
  const state = hasGlobal ? 'is there, but not complete' : 'is missing';
  const what = `threw an error while it ran (see the console), and window.${nameOf(wanted)} ${state}`;
  return failed(wanted, script, `${what}${remarksOn(unknown)}`, { reason: 'threw' });
}

/**
 * @param before The globals that were there before.
 * @param unknown Those of which it is not known whether they ran.
 */
export function hasNoGlobal(
  wanted: WantedWidget,
  script: WantedScript,
  before: ReadonlySet<string>,
  unknown: readonly WantedScript[],
): BanksideError<'LOAD_FAILED'> {
  const missing = `is missing after ${wanted.timeout} ms. ${newGlobals(before)}`;
  const what = unknown.includes(script)
    ? `was on the page before, and it is not known whether it ran: window.${nameOf(wanted)} ${missing}`
    : `has run, but window.${nameOf(wanted)} ${missing}`;
  const others = remarksOn(unknown.filter((one) => one !== script));
  return failed(wanted, script, `${what}${others}`, { reason: 'no-global' });
}

function remarksOn(unknown: readonly WantedScript[]): string {
  return unknown
    .map(({ shown }) => `. Of ${shown}, which was on the page before, it is not known whether it ran`)
    .join('');
}

function failed(
  { global }: WantedWidget,
  { shown: src }: WantedScript,
  what: string,
  facts: Facts,
): BanksideError<'LOAD_FAILED'> {
  return new BanksideError('LOAD_FAILED', `The script ${src} ${what}`, { src, global, ...facts });
}

function whyFailed(
  { integrity }: WantedScript,
  { status, contentType }: Extract<ScriptOutcome, { result: 'failed' }>,
): string {
  const digest = integrity === undefined ? '' : ', or does not match integrity';
  if (status === undefined) {
    return `did not load: it was not found, the network failed, or something blocked it${digest && `${digest}, or its server does not allow CORS`}`;
  }
  const answer = `did not load: the server answered with status ${status}`;
  if (status >= 400) return answer;
  if (contentType === undefined) {
    return `${answer}, but it is not served as JavaScript${digest}, or the connection broke off`;
  }
  if (!/(java|ecma)script/i.test(contentType))
    return `${answer}, but as ${shortText(contentType, LONGEST_NAME)}`;
  return `${answer}, but ${digest ? 'it does not match integrity' : 'the browser refused it'}, or the connection broke off`;
}

/** Such as the right name for the option `global`. */
function newGlobals(before: ReadonlySet<string>): string {
  const names = [...globalNames()].filter((name) => !before.has(name)).slice(0, MOST_NAMES);
  if (!names.length) return 'It has added no global';
  return `New globals: ${names.map((name) => shortText(name, LONGEST_NAME)).join(', ')}`;
}

function nameOf({ global }: WantedWidget): string {
  return shortText(global, LONGEST_NAME);
}
