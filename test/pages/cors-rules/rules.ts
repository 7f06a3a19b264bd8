import { ORIGIN, type Script, type Scripted } from '../../cli/doctor/fixtures/send-to.ts';

/** What a gateway may answer, by what is special of it. */
export interface Rule extends Script {
  /** With `credentials: 'include'`. */
  readonly credentials?: boolean;
}

const ALLOW = 'access-control-allow-origin';
const HEADERS = 'access-control-allow-headers';
const METHODS = 'access-control-allow-methods';
const MAX_AGE = 'access-control-max-age';
const EXPOSED = 'access-control-expose-headers';
const CREDENTIALS = 'access-control-allow-credentials';

type Values = Scripted['headers'] & object;

const preflight = (headers: Values, status?: number): Rule => ({
  preflight: { headers, ...(status !== undefined && { status }) },
});
const answer = (headers: Values, status?: number): Rule => ({
  answer: {
    headers: { location: '/queues/1', 'retry-after': '1', ...headers },
    ...(status !== undefined && { status }),
  },
});
const cookies = (headers: Values, ofPreflight: Values = headers): Rule => ({
  ...answer(headers),
  ...preflight(ofPreflight),
  credentials: true,
});

export const RULES: Readonly<Record<string, Rule>> = {
  right: answer({}),

  'preflight: status 200': preflight({}, 200),
  'preflight: status 299': preflight({}, 299),
  'preflight: status 302': preflight({ location: '/' }, 302),
  'preflight: status 304': preflight({}, 304),
  'preflight: status 404': preflight({}, 404),
  'preflight: no origin': preflight({ [ALLOW]: undefined }),
  'preflight: a slash': preflight({ [ALLOW]: `${ORIGIN}/` }),
  'preflight: capitals': preflight({ [ALLOW]: ORIGIN.toUpperCase() }),
  'preflight: spaces around the origin': preflight({ [ALLOW]: `  ${ORIGIN} ` }),
  'preflight: null': preflight({ [ALLOW]: 'null' }),
  'preflight: all origins': preflight({ [ALLOW]: '*' }),
  'preflight: two origins in two headers': preflight({ [ALLOW]: [ORIGIN, ORIGIN] }),
  'preflight: two origins in one header': preflight({ [ALLOW]: `${ORIGIN}, https://other.example` }),
  'preflight: two origins with a space': preflight({ [ALLOW]: `${ORIGIN} https://other.example` }),

  'preflight: headers in capitals': preflight({ [HEADERS]: 'AUTHORIZATION,CONTENT-TYPE' }),
  'preflight: headers in two lines': preflight({ [HEADERS]: ['authorization', 'content-type'] }),
  'preflight: headers and a comma': preflight({ [HEADERS]: 'authorization, content-type,' }),
  'preflight: one header is missing': preflight({ [HEADERS]: 'authorization' }),
  'preflight: no headers': preflight({ [HEADERS]: undefined }),
  'preflight: all headers': preflight({ [HEADERS]: '*' }),
  'preflight: headers with semicolons': preflight({ [HEADERS]: 'authorization; content-type' }),
  'preflight: headers, and what is none': preflight({ [HEADERS]: 'authorization, content-type, x y' }),
  'preflight: headers in quotes': preflight({ [HEADERS]: '"authorization", content-type' }),
  'preflight: other methods': preflight({ [METHODS]: 'PUT' }),
  'preflight: methods in lower case': preflight({ [METHODS]: 'get, post' }),
  'preflight: methods without commas': preflight({ [METHODS]: 'GET POST' }),
  'preflight: an unreadable lifetime': preflight({ [MAX_AGE]: '2h' }),

  'answer: no origin': answer({ [ALLOW]: undefined }),
  'answer: no origin, of an error': answer({ [ALLOW]: undefined }, 401),
  'answer: an error': answer({}, 401),
  'answer: two origins': answer({ [ALLOW]: [ORIGIN, ORIGIN] }),
  'answer: all origins, and credentials': answer({ [ALLOW]: '*', [CREDENTIALS]: 'true' }),
  'answer: nothing is exposed': answer({ [EXPOSED]: undefined }),
  'answer: all is exposed': answer({ [EXPOSED]: '*' }),
  'answer: all is exposed, and more': answer({ [EXPOSED]: '*, x' }),
  'answer: exposed, with a comma': answer({ [EXPOSED]: 'LOCATION,' }),
  'answer: exposed in two headers': answer({ [EXPOSED]: ['location', 'retry-after'] }),
  'answer: exposed, and what is none': answer({ [EXPOSED]: 'location, x y' }),
  'answer: exposed with semicolons': answer({ [EXPOSED]: 'location; retry-after' }),

  'cookies: allowed': cookies({ [CREDENTIALS]: 'true' }),
  'cookies: not allowed': cookies({}),
  'cookies: not by the preflight': cookies({ [CREDENTIALS]: 'true' }, {}),
  'cookies: in another spelling': cookies({ [CREDENTIALS]: 'TRUE' }),
  'cookies: twice': cookies({ [CREDENTIALS]: ['true', 'true'] }),
  'cookies: all origins': cookies({ [CREDENTIALS]: 'true', [ALLOW]: '*' }),
  'cookies: all headers': cookies({ [CREDENTIALS]: 'true' }, { [CREDENTIALS]: 'true', [HEADERS]: '*' }),
  'cookies: all is exposed': cookies({ [CREDENTIALS]: 'true', [EXPOSED]: '*' }, { [CREDENTIALS]: 'true' }),
};
