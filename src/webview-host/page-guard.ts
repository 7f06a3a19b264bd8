import { now } from '../time.ts';
import { asciiJson } from './reply-scripts.ts';

/** A moment on the two clocks of a device. */
export interface Moment {
  /** In ms since the epoch, on the device's clock at that moment. */
  readonly date: number;
  /** On the clock of {@link now}, which nobody can set. */
  readonly time: number;
}

export function thisMoment(): Moment {
  return { date: Date.now(), time: now() };
}

/** Which page a script is for. */
export interface Recipient {
  /** Set if it is known and was checked. */
  readonly origin: string | undefined;
  /** The page was loaded at this moment: it asked. */
  readonly asked: Moment;
  /** The page was not loaded yet at this moment. */
  readonly after?: Moment | undefined;
}

/**
 * The code of a condition that a script begins with: whether the page that runs the script is the page that asked.
 *
 * 1. The origin comes first, and is read from properties that no page can replace. So a page of another origin gets
 *    nothing, and none of its functions is called.
 * 2. A WebView shows one page after the other. A page that began after the request did not send it. The page itself says
 *    when it began, so this protects against mistakes, and not against a page that lies.
 */
export function recipientCheck({ origin, asked, after }: Recipient): string {
  const conditions = [`!${beganAfter(asked)}`];
  if (after) conditions.unshift(beganAfter(after));
  if (origin !== undefined) conditions.unshift(hasOrigin(origin));
  return conditions.join('&&');
}

/**
 * Whether the page began after a moment. Somebody may have set the device's clock since: `d` is the moment on the clock
 * as it was then, `t` on the clock as it is now. A page that is wrongly considered newer waits for ever, so both
 * must agree, and a page that has no clock counts as old.
 *
 * A navigation begins at `o`, before its server answers, while the old page can still ask. The new page begins `l` ms
 * later.
 */
const BEGAN_AFTER: string = [
  'function(d,t){try{',
  'var p=performance,s=p.timing||0,o=p.timeOrigin||s.navigationStart,l=Math.max(s.domLoading-o,0)||0;',
  'return o+l>d&&Date.now()-p.now()+l>t',
  '}catch(e){}}',
].join('');

/** In ms. Some clocks round up to whole milliseconds, and a page may ask in the millisecond in which it begins. */
const ROUNDING = 1;

function beganAfter({ date, time }: Moment): string {
  const dateNow = Date.now() - (now() - time);
  return `(${BEGAN_AFTER})(${date + ROUNDING},${dateNow + ROUNDING})`;
}

/** Whether the page has an origin. Not all engines find the host in addresses of schemes other than http and https. */
function hasOrigin(origin: string): string {
  const text = asciiJson(origin);
  return /^https?:/.test(origin)
    ? `location.protocol+"//"+location.host===${text}`
    : `(${BEGINS_WITH})(${text},location.href)`;
}

/**
 * Whether the address `h` belongs to the origin `o`. It calls no method of a string, since the page may have replaced it,
 * and reads no character after the end, since the page may have defined some on the prototype.
 */
const BEGINS_WITH: string = [
  'function(o,h){',
  'for(var i=0,n=o.length;i!==n;i++)if(i===h.length||o[i]!==h[i])return;',
  'return h.length===n||h[n]==="/"||h[n]==="?"||h[n]==="#"',
  '}',
].join('');
