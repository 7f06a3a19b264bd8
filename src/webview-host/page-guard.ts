import { now } from '../time.ts';
import { asciiJson } from './reply-scripts.ts';

/** A moment on the two clocks of a device. */
export interface Moment {
  /** In ms since the epoch, as the device told it then. */
  readonly date: number;
  /** On the clock of {@link now}, which is not set. */
  readonly time: number;
}

export function thisMoment(): Moment {
  return { date: Date.now(), time: now() };
}

/** Which page a script is for. */
export interface Addressee {
  /** Where it is known and to be relied on. */
  readonly origin: string | undefined;
  /** The page was there when this was asked. */
  readonly asked: Moment;
  /** The page was not there yet at that moment. */
  readonly after?: Moment | undefined;
}

/**
 * Code that tells whether the page that it runs in is the one that asked: an expression for the beginning of a script.
 *
 * 1. The origin comes first, and is read from what no page can replace. So a page of another origin is handed nothing,
 *    and none of its functions is called.
 * 2. A WebView shows one page after the other: one that began after the question did not ask it. The page says itself
 *    when it began, so that this protects from mistakes alone, not from a page that lies.
 */
export function isAddressee({ origin, asked, after }: Addressee): string {
  const conditions = [`!${beganAfter(asked)}`];
  if (after) conditions.unshift(beganAfter(after));
  if (origin !== undefined) conditions.unshift(isOf(origin));
  return conditions.join('&&');
}

/**
 * Whether the page began after a moment: `d` as the clock of the device told it then, `t` as that clock, which may have
 * been set meanwhile, would tell it now. A page that is wrongly taken for younger waits for ever. So both have to say it,
 * and a page that knows no time counts as old.
 *
 * A navigation (`o`) begins before its server answers, when the old page can still ask; the page itself `l` ms later.
 */
const BEGAN_AFTER: string = [
  'function(d,t){try{',
  'var p=performance,s=p.timing||0,o=p.timeOrigin||s.navigationStart,l=Math.max(s.domLoading-o,0)||0;',
  'return o+l>d&&Date.now()-p.now()+l>t',
  '}catch(e){}}',
].join('');

/** Clocks tell whole milliseconds, some rounded up: a page that asks in the one in which it began has asked. */
const ROUNDING = 1;

function beganAfter({ date, time }: Moment): string {
  const dateNow = Date.now() - (now() - time);
  return `(${BEGAN_AFTER})(${date + ROUNDING},${dateNow + ROUNDING})`;
}

/** Whether the page is of an origin. The address of schemes other than the web's is read as it is: not all engines find a host in it. */
function isOf(origin: string): string {
  const text = asciiJson(origin);
  return /^https?:/.test(origin)
    ? `location.protocol+"//"+location.host===${text}`
    : `(${BEGINS_WITH})(${text},location.href)`;
}

/**
 * Whether the address `h` is one of the origin `o`. No function of a text is called, as a page can have replaced it; and no
 * character is read beyond an end, as a page can have put some there.
 */
const BEGINS_WITH: string = [
  'function(o,h){',
  'for(var i=0,n=o.length;i!==n;i++)if(i===h.length||o[i]!==h[i])return;',
  'return h.length===n||h[n]==="/"||h[n]==="?"||h[n]==="#"',
  '}',
].join('');
