import { asJson, escapeInJson } from '../requests/replies.ts';

/** The form in which the page's reply function gets a reply. */
export type HostReplyForm = 'base64' | 'json' | 'object';

/** How a reply gets into the page. */
export interface ReplyScriptOptions {
  /** The widget, as code in the page would write it. */
  readonly widget: string;
  readonly form: HostReplyForm;
  /** How many characters of a reply one script may hold. */
  readonly pieceSize: number;
}

/** Code that turns the JSON text `t` of a reply into its form. */
const FORMS: Readonly<Record<HostReplyForm, string>> = {
  base64: 'btoa(t)', // the text is ASCII, which is valid UTF-8
  json: 't',
  object: 'JSON.parse(t)',
};

/** Where the page keeps the pieces of replies that are not complete, as long as there are any. */
const STORE = 'window.banksideReplies';

/**
 * The scripts that pass one reply to the widget: one, or one for each piece. They must run in their order. Scripts of
 * other replies may run in between.
 *
 * 1. The reply is data: its JSON text, as a string literal of ASCII without `<` and `%`. So nothing in it ends the
 *    literal or a script element, and nothing on the way changes it: half a surrogate pair, a line separator, or escapes
 *    of addresses.
 * 2. The page keeps pieces until the last has arrived. A page that was loaded in between has no first piece, and drops
 *    the rest.
 * 3. Each script contains all the code that it needs, in the language of old engines.
 * 4. In any page but the recipient the scripts do nothing, and no function of that page can see the reply: the reply is
 *    not in the source of a function, which `caller` would show.
 * 5. Errors in the page (there is no widget; its function throws) are thrown there in a task of their own, so that they
 *    reach the page's error handlers. The script ends with `true`, as React Native's WebView wants.
 *
 * @param json From {@link asciiJson}.
 * @param condition From {@link recipientCheck}.
 */
export function* replyScripts(
  json: string,
  requestId: string | number,
  condition: string,
  { widget, form, pieceSize }: ReplyScriptOptions,
): Generator<string, void> {
  const call = `(w.handlePServerResponse||w.handleServerResponse).call(w,${FORMS[form]},${asciiJson(requestId)})`;
  const deliver = `function(t,w){try{w=w();${call}}catch(e){setTimeout(function(){throw e})}}`;
  // Outside the other functions, whose parameters would hide the page's names.
  const find = `function(){return ${widget}}`;
  if (json.length <= pieceSize) {
    yield `if(${condition}){(${deliver})(${JSON.stringify(json)},${find})};true;`;
    return;
  }
  const key = Math.random().toString(36).slice(2);
  for (let start = 0; start < json.length; start += pieceSize) {
    const piece = JSON.stringify(json.slice(start, start + pieceSize));
    const isLast = start + pieceSize >= json.length;
    const rest = isLast ? `,${deliver},${find}` : '';
    yield `if(${condition}){(${collect})("${key}",${start},${piece}${rest})};true;`;
  }
}

/**
 * Keeps the piece `p` of the reply `k`, which begins at its character `n`. The last piece comes with `d`, which delivers
 * the whole reply to the widget that `w` finds. An empty store is removed.
 */
const collect: string = [
  'function(k,n,p,d,w){',
  `var a=${STORE}||{},t=n?a[k]:'',fits=typeof t=='string'&&t.length==n;`,
  'if(fits&&!d)a[k]=t+p;else delete a[k];',
  `if(Object.keys(a).length)${STORE}=a;else delete ${STORE};`,
  'if(fits&&d)d(t+p,w)',
  '}',
].join('');

/**
 * JSON in ASCII without `<` and `%`. These characters can be escaped, since JSON has them in strings alone.
 *
 * @param text The JSON text that the server wrote, if it wrote one: its numbers may have more digits than JavaScript keeps.
 * @throws TypeError for a value that JSON cannot represent.
 */
export function asciiJson(value: unknown, text?: string): string {
  const json: string | undefined = asJson(value, text);
  if (json === undefined) throw new TypeError('Cannot be written as JSON');
  return escapeInJson(json, /[\u007f-\uffff<%]/g);
}
