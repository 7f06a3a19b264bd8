/** The names of HTML that stand for characters of ASCII. All others stand for characters that no policy may have. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Tab: '\t',
    NewLine: '\n',
    excl: '!',
    quot: '"',
    QUOT: '"',
    num: '#',
    dollar: '$',
    percnt: '%',
    amp: '&',
    AMP: '&',
    apos: "'",
    lpar: '(',
    rpar: ')',
    ast: '*',
    midast: '*',
    plus: '+',
    comma: ',',
    period: '.',
    sol: '/',
    colon: ':',
    semi: ';',
    lt: '<',
    LT: '<',
    equals: '=',
    gt: '>',
    GT: '>',
    quest: '?',
    commat: '@',
    lsqb: '[',
    lbrack: '[',
    bsol: '\\',
    rsqb: ']',
    rbrack: ']',
    Hat: '^',
    lowbar: '_',
    UnderBar: '_',
    grave: '`',
    DiacriticalGrave: '`',
    lcub: '{',
    lbrace: '{',
    verbar: '|',
    vert: '|',
    VerticalLine: '|',
    rcub: '}',
    rbrace: '}',
  }),
);

/** These are also read without a semicolon. */
const WITHOUT_SEMICOLON = ['quot', 'QUOT', 'amp', 'AMP', 'lt', 'LT', 'gt', 'GT'];

const REFERENCE = /&(?:#(?:[xX]([\da-fA-F]+)|(\d+));?|([a-zA-Z][a-zA-Z\d]*)(;?)(?=(=?)))/g;

/**
 * Replaces the character references of an attribute's value. `undefined` if one is not known for sure: the whole list of HTML has
 * more than 2,000.
 */
export function decodeReferences(value: string): string | undefined {
  let isSure = true;
  const text = value.replace(
    REFERENCE,
    (whole, hex: string, decimal: string, name: string, end: string, equals: string) => {
      if (!name) return fromCode(hex ? Number.parseInt(hex, 16) : Number(decimal));
      const known = NAMED.get(name);
      if (end) {
        isSure &&= known !== undefined;
        return known ?? whole;
      }
      // In an address such as `?a=1&lt=2`, this is the name of a parameter.
      if (equals) return whole;
      const isRead = WITHOUT_SEMICOLON.includes(name);
      isSure &&= isRead;
      return isRead ? (known ?? whole) : whole;
    },
  );
  return isSure ? text : undefined;
}

function fromCode(code: number): string {
  return code > 0 && code < 128 ? String.fromCharCode(code) : '\ufffd';
}
