import type { Recipes, Values } from './remedy.ts';

const PLACE = `<!-- First in <inbound> of the API, before validate-jwt. A GET from an origin that is not named gets an empty 200. -->`;

const METHODS = ['GET', 'POST'];

/** `<methods><method>GET</method><method>POST</method></methods>`, with an item on each line. */
function list(tag: string, item: string, values: readonly string[], attributes = ''): string {
  return `<${tag}${attributes}>
${values.map((value) => `  <${item}>${value}</${item}>`).join('\n')}
</${tag}>`;
}

const allowedMethods = list('allowed-methods', 'method', METHODS, ' preflight-result-max-age="7200"');
const allowedHeaders = (names: readonly string[]): string => list('allowed-headers', 'header', names);
const exposedHeaders = (names: readonly string[]): string => list('expose-headers', 'header', names);

const inCors = (element: string): string => `<!-- In the policy <cors> of the API: -->
${element}`;

/** The whole policy, since the gateway accepts its elements only together and in this order; a part of it where no list of headers is known. */
function cors({ origin, credentials, names }: Values): string {
  const origins = list('allowed-origins', 'origin', [origin]);
  const attribute = `allow-credentials="${credentials}"`;
  if (!names.length)
    return `<!-- First in <inbound> there must be a policy <cors ${attribute}>. In it: -->\n${origins}`;
  const exposed = exposedHeaders(['Location', 'Retry-After', 'Date']);
  const elements = [origins, allowedMethods, allowedHeaders(names), exposed];
  return `${PLACE}
<cors ${attribute}>
${elements.join('\n').replace(/^/gm, '  ')}
</cors>`;
}

const setHeader = (name: string, value: string, action = 'override'): string =>
  `<set-header name="${name}" exists-action="${action}"><value>${value}</value></set-header>`;

const SUBSCRIPTION =
  '<!-- A missing subscription key is refused before any policy, without CORS: turn it off for this API. -->';

export const azure: Recipes = {
  'allow-origin': (values) => `${cors(values)}
${SUBSCRIPTION}`,
  'one-origin': (
    values,
  ) => `<!-- Turn CORS off in the server behind. For an App Service: API > CORS, without any origin. -->
${cors(values)}`,
  'open-preflight': (values) => `${cors(values)}
${SUBSCRIPTION}`,
  'allow-headers': ({ names }) => inCors(allowedHeaders(names)),
  'allow-credentials': (values) => cors({ ...values, credentials: true }),
  'max-age': () => inCors(allowedMethods),
  'expose-header': ({ names }) => inCors(exposedHeaders(names)),
  vary: () => `<!-- In <outbound> and in <on-error>: -->
${setHeader('Vary', 'Origin', 'append')}`,
  'no-store': () => `<!-- In <outbound>: -->
${setHeader('Cache-Control', 'no-store')}`,
  'no-cache': () =>
    '<!-- In the API: no <cache-lookup> in <inbound>, and no <cache-store> in <outbound>. -->',
  'answer-401': () =>
    '<!-- In <validate-jwt>: no other failed-validation-httpcode than 401, which is its default. -->',
  'retry-after':
    () => `<!-- rate-limit and rate-limit-by-key send it. Of an answer of your own, in <inbound>. 30 s is an example. -->
<return-response>
  <set-status code="429" reason="Too Many Requests" />
  ${setHeader('Retry-After', '30')}
</return-response>`,
  'body-size': () => `<!-- In <inbound>, where there is such a policy: -->
<validate-content unspecified-content-type-action="ignore" max-size="1048576" size-exceeded-action="prevent" />
<!-- An Application Gateway before it has its own limit in its WAF policy: 128 KB by default. -->`,
  compression: () => `<!-- API Management passes on compressed answers, and compresses none:
     compress in the server behind, or in a Front Door before it. -->`,
  http2: () => '<!-- In the portal: Security > Protocols + ciphers > HTTP/2. -->',
  policy: ({
    directive,
  }) => `<!-- In <outbound>, as a part of the policy that it has. A second policy allows nothing more. -->
${setHeader('Content-Security-Policy', directive)}`,
  framing: ({ directive }) => `<!-- In <outbound>, beside the policy that it has: -->
${setHeader('Content-Security-Policy', directive, 'append')}`,
};
