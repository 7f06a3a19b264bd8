import type { Recipes, Values } from './remedy.ts';

const PREFIX =
  '# application.yml. Before Spring Cloud 2025.0, the prefix is spring.cloud.gateway.\nspring.cloud.gateway.server.webflux:';

const cors = (lines: string): string => `${PREFIX}
  globalcors:
    add-to-simple-url-handler-mapping: true
    cors-configurations:
      "[/**]":
${lines}`;

const filters = (...lines: readonly string[]): string => `${PREFIX}
  default-filters:
${lines.map((line) => `    - "${line}"`).join('\n')}`;

/** With quotes, since YAML takes words such as `no` for other values. */
const listOf = (names: readonly string[]): string => `[${names.map((name) => `"${name}"`).join(', ')}]`;

const headers = ({ names }: Values): string => `        allowed-headers: ${listOf(names)}`;

const ALLOW_CREDENTIALS = '\n        allow-credentials: true';

/** The lines of one page; the list of headers only where it is known. */
const origins = (values: Values): string => `        allowed-origins: ["${values.origin}"]
        allowed-methods: [GET, POST]${values.credentials ? ALLOW_CREDENTIALS : ''}${values.names.length ? `\n${headers(values)}` : ''}`;

/** Spring Security comes before the gateway's own CORS, and answers 401 without its headers. */
const SECURITY = `# Does Spring Security check the token? Then declare a bean UrlBasedCorsConfigurationSource with
# the same values, and call http.cors(withDefaults()): it answers preflights and 401 before the gateway does.`;

const POLICY_NAME = 'Content-Security-Policy';

export const spring: Recipes = {
  'allow-origin': (values) => `${cors(origins(values))}
${SECURITY}`,
  'one-origin': (values) => `${cors(origins(values))}
  default-filters:
    # The first one is the gateway's own.
    - DedupeResponseHeader=Access-Control-Allow-Origin Access-Control-Allow-Credentials, RETAIN_FIRST`,
  'open-preflight': (values) => `${cors(`${origins(values)}
        max-age: 7200`)}
${SECURITY}`,
  'allow-headers': (values) => cors(headers(values)),
  'allow-credentials': (values) => cors(origins({ ...values, credentials: true })),
  'max-age': () => cors('        max-age: 7200'),
  'expose-header': ({ names }) => cors(`        exposed-headers: ${listOf(names)}`),
  vary: () => filters('AddResponseHeader=Vary, Origin'),
  'no-store': () => filters('SetResponseHeader=Cache-Control, no-store'),
  'no-cache': () => `${PREFIX}
  filter.local-response-cache.enabled: false
# In the route: no filter LocalResponseCache.`,
  'answer-401': () => `# In the SecurityWebFilterChain, in Java, so that no sign-in page is shown:
http.exceptionHandling(e -> e.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)));`,
  'retry-after':
    () => `# The filter RequestRateLimiter sends no Retry-After. In a filter of your own, in Java, before it answers 429:
exchange.getResponse().getHeaders().set("Retry-After", "30");`,
  'body-size': () => `${PREFIX}
  default-filters:
    - name: RequestSize
      args:
        maxSize: 1MB
# For filters that read the body. Before Spring Boot 3.5: spring.codec.max-in-memory-size
spring.http.codecs.max-in-memory-size: 1MB`,
  compression: () => `# application.yml
server.compression:
  enabled: true
  mime-types: application/json`,
  http2:
    () => `# application.yml. Needs server.ssl. If a load balancer ends TLS, it must offer HTTP/2 instead.
server.http2.enabled: true`,
  policy: ({ directive }) => `# As a part of the policy that it has. A second policy allows nothing more.
${filters(`SetResponseHeader=${POLICY_NAME}, ${directive}`)}`,
  framing: ({ directive }) => filters(`AddResponseHeader=${POLICY_NAME}, ${directive}`),
};
