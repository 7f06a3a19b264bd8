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
  outcome: Exclude<ScriptOutcome, { result: 'loaded' }>,
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

export function timedOut(wanted: WantedWidget, script: WantedScript): BanksideError<'LOAD_FAILED'> {
  return failed(wanted, script, `did not load in ${wanted.timeout} ms`, { reason: 'timeout' });
}

export function hasThrown(wanted: WantedWidget, script: WantedScript): BanksideError<'LOAD_FAILED'> {
  const what = `threw an error while it ran (see the console), and window.${nameOf(wanted)} is missing`;
  return failed(wanted, script, what, { reason: 'threw' });
}

/** @param before The globals that were there before. */
export function hasNoGlobal(
  wanted: WantedWidget,
  script: WantedScript,
  before: ReadonlySet<string>,
): BanksideError<'LOAD_FAILED'> {
  const what = `has run, but window.${nameOf(wanted)} is missing after ${wanted.timeout} ms. ${newGlobals(before)}`;
  return failed(wanted, script, what, { reason: 'no-global' });
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
  if (contentType === undefined) return `${answer}, but it is not served as JavaScript${digest}`;
  if (!/(java|ecma)script/i.test(contentType))
    return `${answer}, but as ${shortText(contentType, LONGEST_NAME)}`;
  return `${answer}, but ${digest ? 'it does not match integrity' : 'the browser refused it'}`;
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
