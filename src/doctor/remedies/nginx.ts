import type { Recipes, Values } from './remedy.ts';

const TOGETHER = `# Each header once, and all lines add_header together: one in a location or an "if" switches off those
# of the blocks around it.`;

const CREDENTIALS = 'Access-Control-Allow-Credentials';
const ALLOW_CREDENTIALS_OF_PREFLIGHT = `\n  add_header ${CREDENTIALS} true always;`;

const originMap = ({ origin }: Values): string => `# In the block http, one line for each origin:
map $http_origin $bankside_origin {
  "${origin}" $http_origin;
}`;

/** Sets a header of all answers, also of errors, and drops the one of the server behind. */
const header = (name: string, value: string): string => `proxy_hide_header ${name};
add_header ${name} ${value} always;`;

/** A header that came twice would not be understood. */
const ofPreflights = (
  name: string,
  value: string,
): string => `# In the block that answers OPTIONS, in place of a line of this name:
add_header ${name} ${value} always;
# If the server behind answers OPTIONS: in the location, with "proxy_hide_header ${name};"`;

const ALLOW_CREDENTIALS = `\n${header(CREDENTIALS, 'true')}`;

const allowOrigin = (values: Values): string => `${originMap(values)}
# In the location. "always" means error answers too.
${header('Access-Control-Allow-Origin', '$bankside_origin')}${values.credentials ? ALLOW_CREDENTIALS : ''}
add_header Vary Origin always;
${TOGETHER}`;

export const nginx: Recipes = {
  'allow-origin': allowOrigin,
  'one-origin': allowOrigin,
  'open-preflight': (values) => `${originMap(values)}
# In the location. "return" comes before any check of a token.
if ($request_method = OPTIONS) {
  add_header Access-Control-Allow-Origin $bankside_origin always;${values.credentials ? ALLOW_CREDENTIALS_OF_PREFLIGHT : ''}
  add_header Access-Control-Allow-Methods "GET, POST" always;
  add_header Access-Control-Allow-Headers "${values.list}" always;
  add_header Access-Control-Max-Age 7200 always;
  add_header Vary Origin always;
  return 204;
}`,
  'allow-headers': ({ list }) => ofPreflights('Access-Control-Allow-Headers', `"${list}"`),
  'allow-credentials': (values) => `${allowOrigin({ ...values, credentials: true })}
${ofPreflights(CREDENTIALS, 'true')}`,
  'max-age': () => ofPreflights('Access-Control-Max-Age', '7200'),
  'expose-header': ({ list }) => `# In the location:
${header('Access-Control-Expose-Headers', `"${list}"`)}
${TOGETHER}`,
  vary: () => `# In the location, and in the block that answers OPTIONS:
add_header Vary Origin always;
${TOGETHER}`,
  'no-store': () => `# In the location:
${header('Cache-Control', 'no-store')}
${TOGETHER}`,
  'no-cache': () => `# In the location:
proxy_cache off;`,
  'answer-401':
    () => `# In the location, with auth_request: no line "error_page 401" that leads to a sign-in page.
# The server that auth_request asks must answer 401 too: nginx passes on 401 and 403, and makes a 500 of the rest.`,
  'retry-after': () => `# In the server. 30 s is an example.
limit_req_status 429;
error_page 429 = @busy;
location @busy {
  add_header Retry-After 30 always;
  # Add the other headers of the location here too.
  return 429;
}`,
  'body-size': () => `# In the location:
client_max_body_size 1m;
# With ModSecurity:
modsecurity_rules 'SecRequestBodyNoFilesLimit 1048576';`,
  compression: () => `# In the location:
gzip on;
gzip_types application/json;
gzip_proxied any;
gzip_vary on;`,
  http2: () => `# In the server. Before version 1.25.1: listen 443 ssl http2;
listen 443 ssl;
http2 on;`,
  policy: ({
    directive,
  }) => `# In the location of the page, as a part of the policy that it has. A second policy allows nothing more.
add_header Content-Security-Policy "${directive}" always;`,
  framing: ({ directive }) => `# In the location of the page, beside the policy that it has:
add_header Content-Security-Policy "${directive}" always;
${TOGETHER}`,
};
