import { asJson, escapeInJson } from '../bridge/replies.ts';

/** In which form the page's reply function gets a reply. */
export type HostReplyForm = 'base64' | 'json' | 'object';

/** How a reply gets into the page. */
export interface ReplyScriptOptions {
  /** Where the page has the widget, as its own code would write it. */
  readonly widget: string;
  readonly form: HostReplyForm;
  /** How many characters of a reply one script may hold. */
  readonly pieceSize: number;
}

/** What a WebView's engine does with the JSON text `t` of a reply, to give it its form. */
const FORMS: Readonly<Record<HostReplyForm, string>> = {
  base64: 'btoa(t)', // of ASCII: UTF-8 as well
  json: 't',
  object: 'JSON.parse(t)',
};

/** Where the page keeps the pieces of replies that are not whole yet, as long as there are any. */
const STORE = 'window.banksideReplies';

/**
 * The scripts that hand one reply to the widget: one, or one for each piece. They are to be run in their order;
 * those of other replies may come in between.
 *
 * 1. The reply is data: the JSON text of it, as a string literal of ASCII without `<` and `%`. So nothing
 *    in it ends the literal, or a script element, or is changed on its way by what takes half a surrogate pair, a
 *    line separator or the escapes of addresses for something else.
 * 2. Pieces wait on the page until the last is there. A page that was loaded in between has not seen the first, and
 *    drops the rest.
 * 3. Each script brings along all the code that it needs, in the language of old engines.
 * 4. In a page that the reply is not for, none of them does anything, and nothing of the page's sees the reply: its text
 *    stands in no function that a function of the page's could be called by.
 * 5. What goes wrong in the page (there is no widget; its function throws) is the page's, and is thrown there on its
 *    own, so that it reaches the page's error handlers. The script ends with `true`, as React Native's WebView wants.
 *
 * @param json As {@link asciiJson} makes it.
 * @param condition Code that tells whether the page is the one that the reply is for.
 */
export function* replyScripts(
  json: string,
  requestId: string | number,
  condition: string,
  { widget, form, pieceSize }: ReplyScriptOptions,
): Generator<string, void> {
  const call = `(w.handlePServerResponse||w.handleServerResponse).call(w,${FORMS[form]},${asciiJson(requestId)})`;
  const deliver = `function(t,w){try{w=w();${call}}catch(e){setTimeout(function(){throw e})}}`;
  // Outside of the other functions, whose names would hide the page's.
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
 * Keeps the piece `p` of the reply `k` that begins at its character `n`. If it is the last, the whole goes to `d`, for
 * the widget that `w` finds. With the last reply that is in the store, the store goes too.
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
 * JSON of ASCII without `<` and `%`, which all can be escaped, as in JSON they stand in strings alone.
 *
 * @param text The JSON text that the server wrote, if it wrote one: it holds numbers that JavaScript does not.
 * @throws TypeError for what JSON cannot say.
 */
export function asciiJson(value: unknown, text?: string): string {
  const json: string | undefined = asJson(value, text);
  if (json === undefined) throw new TypeError('Not to be written as JSON');
  return escapeInJson(json, /[\u007f-\uffff<%]/g);
}
