import type { Recipes, Values } from './remedy.ts';

/** Sets a header of all answers, also of errors. A header of the server behind is in another list, and would come second. */
const header = (name: string, value: string): string => `Header onsuccess unset ${name}
Header always set ${name} ${value}`;

const ALLOW_CREDENTIALS = `\n${header('Access-Control-Allow-Credentials', 'true')}`;

const allowOrigin = ({
  origin,
  credentials,
}: Values): string => `# In the Location. Needs mod_headers. "always" means error answers too.
Header onsuccess unset Access-Control-Allow-Origin
Header always set Access-Control-Allow-Origin "${origin}" "expr=%{HTTP:Origin} == '${origin}'"
Header always merge Vary Origin${credentials ? ALLOW_CREDENTIALS : ''}`;

const ofPreflights = (name: string, value: string): string => `# In the Location. Needs mod_headers.
Header onsuccess unset ${name}
Header always set ${name} ${value} "expr=%{REQUEST_METHOD} == 'OPTIONS'"`;

export const apache: Recipes = {
  'allow-origin': allowOrigin,
  'one-origin': allowOrigin,
  'open-preflight': (
    values,
  ) => `# In the VirtualHost, outside of any Location: there it comes before the check of a token. Needs mod_rewrite.
RewriteEngine On
RewriteCond %{REQUEST_METHOD} =OPTIONS
RewriteRule ^ - [R=204,L]
${allowOrigin(values)}
Header always set Access-Control-Allow-Methods "GET, POST" "expr=%{REQUEST_METHOD} == 'OPTIONS'"
Header always set Access-Control-Allow-Headers "${values.list}" "expr=%{REQUEST_METHOD} == 'OPTIONS'"
Header always set Access-Control-Max-Age 7200 "expr=%{REQUEST_METHOD} == 'OPTIONS'"`,
  'allow-headers': ({ list }) => ofPreflights('Access-Control-Allow-Headers', `"${list}"`),
  'allow-credentials': (values) => allowOrigin({ ...values, credentials: true }),
  'max-age': () => ofPreflights('Access-Control-Max-Age', '7200'),
  'expose-header': ({ list }) => `# In the Location. Needs mod_headers.
${header('Access-Control-Expose-Headers', `"${list}"`)}`,
  vary: () => `# In the Location. Needs mod_headers.
Header always merge Vary Origin`,
  'no-store': () => `# In the Location. Needs mod_headers.
${header('Cache-Control', 'no-store')}`,
  'no-cache': () => `# With the path of the server:
CacheDisable /gateway`,
  'answer-401': () => `# In the Location. With mod_auth_openidc:
OIDCUnAuthAction 401
# With mod_auth_form: no line AuthFormLoginRequiredLocation`,
  'retry-after': () => `# In the Location. Needs mod_headers. 30 s is an example.
Header always set Retry-After 30 "expr=%{REQUEST_STATUS} in { '429', '503' } && -z resp('Retry-After')"`,
  'body-size': () => `# With ModSecurity:
SecRequestBodyNoFilesLimit 1048576
# Where Apache handles the request itself. mod_proxy passes on bodies of any size.
LimitRequestBody 1048576`,
  compression: () => `# In the Location. Needs mod_deflate and mod_filter.
AddOutputFilterByType DEFLATE application/json`,
  http2: () => `# In the VirtualHost. Needs mod_http2, and mpm_event.
Protocols h2 http/1.1`,
  policy: ({
    directive,
  }) => `# Where the page is served, as a part of the policy that it has. A second policy allows nothing more.
Header always set Content-Security-Policy "${directive}"`,
  framing: ({ directive }) => `# Where the page is served, beside the policy that it has:
Header always add Content-Security-Policy "${directive}"`,
};
