import type { Recipes, Values } from './remedy.ts';

const FILTER = `# In http_filters, before jwt_authn, ext_authz and all others that can refuse a request:
- name: envoy.filters.http.cors
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors`;

const policy = (lines: string): string => `# In the virtual host, or in the route:
typed_per_filter_config:
  envoy.filters.http.cors:
    "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
${lines}`;

const headers = ({ list }: Values): string => `    allow_headers: "${list}"`;

const ALLOW_CREDENTIALS = '\n    allow_credentials: true';

/** The lines of one page; the list of headers only where it is known. */
const origins = (values: Values): string => `    allow_origin_string_match: [{ exact: "${values.origin}" }]
    allow_methods: "GET, POST"${values.credentials ? ALLOW_CREDENTIALS : ''}${values.list && `\n${headers(values)}`}`;

const addHeader = (name: string, value: string, action: string): string => `response_headers_to_add:
  - header: { key: ${name}, value: "${value}" }
    append_action: ${action}`;

/** The filter does not send `Vary`. */
const VARY = addHeader('vary', 'Origin', 'APPEND_IF_EXISTS_OR_ADD');

export const envoy: Recipes = {
  'allow-origin': (values) => `${FILTER}
${policy(origins(values))}
${VARY}`,
  'one-origin': (values) => `${FILTER}
${policy(origins(values))}
# The header of the server behind goes, and the filter adds its own after that.
response_headers_to_remove: [access-control-allow-origin, access-control-allow-credentials]`,
  'open-preflight': (values) => `${FILTER}
${policy(`${origins(values)}
    max_age: "7200"`)}`,
  'allow-headers': (values) => policy(headers(values)),
  'allow-credentials': (values) => policy(origins({ ...values, credentials: true })),
  'max-age': () => policy('    max_age: "7200"'),
  'expose-header': ({ list }) => policy(`    expose_headers: "${list}"`),
  vary: () => `# In the virtual host, or in the route. The CORS filter does not send it.
${VARY}`,
  'no-store': () => `# In the route:
${addHeader('cache-control', 'no-store', 'OVERWRITE_IF_EXISTS_OR_ADD')}`,
  'no-cache': () => `# In the route:
typed_per_filter_config:
  envoy.filters.http.cache:
    "@type": type.googleapis.com/envoy.config.route.v3.FilterConfig
    disabled: true`,
  'answer-401':
    () => `# jwt_authn and ext_authz answer 401 themselves. In the filter oauth2, so that a page is not redirected:
deny_redirect_matcher:
  - name: sec-fetch-mode
    string_match: { exact: cors }`,
  'retry-after': () => `# In the filter local_ratelimit. 30 s is an example.
${addHeader('retry-after', '30', 'OVERWRITE_IF_EXISTS_OR_ADD')}`,
  'body-size': () => `# In http_filters, where one of these limits the body:
# buffer
max_request_bytes: 1048576
# ext_authz
with_request_body: { max_request_bytes: 1048576, allow_partial_message: true }`,
  compression: () => `# In http_filters:
- name: envoy.filters.http.compressor
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.compressor.v3.Compressor
    response_direction_config:
      common_config: { content_type: [application/json] }
    compressor_library:
      name: gzip
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.compression.gzip.compressor.v3.Gzip`,
  http2: () => `# In the http_connection_manager:
codec_type: AUTO
# In the common_tls_context of the listener:
alpn_protocols: [h2, http/1.1]`,
  policy: ({
    directive,
  }) => `# In the route of the page, as a part of the policy that it has. A second policy allows nothing more.
${addHeader('content-security-policy', directive, 'OVERWRITE_IF_EXISTS_OR_ADD')}`,
  framing: ({ directive }) => `# In the route of the page, beside the policy that it has:
${addHeader('content-security-policy', directive, 'APPEND_IF_EXISTS_OR_ADD')}`,
};
