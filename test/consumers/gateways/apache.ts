import type { GatewayCommand } from './gateway-process.ts';
import { sectionsOf } from './sections.ts';

const MODULES = ['mpm_event', 'authz_core', 'headers', 'rewrite', 'proxy', 'proxy_http', 'filter', 'deflate'];

/** Apache in front of a server. It lets only requests with this token through; without one, all of them. */
export function apacheCommand(server: string, remedies: readonly string[], token?: string): GatewayCommand {
  // This module is not installed with Apache.
  const lines = remedies.map((remedy) => remedy.replace(/^SecRequest.*$/m, ''));
  const sections = sectionsOf(lines);
  return {
    command: 'apache2',
    args: (folder, file) => ['-d', folder, '-f', file, '-D', 'FOREGROUND', '-E', '/dev/stderr'],
    configuration: (folder, port) => `
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
ServerName gateway.bank.example
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog /dev/stderr
<VirtualHost *:${port}>
  ${sections['virtual host']}
  ErrorDocument 401 "No valid token"
  ProxyPass /nobody http://127.0.0.1:1
  ProxyPass / ${server}/
  <Location />
    ${sections.location}
  </Location>
  ${token ? `RewriteCond %{HTTP:authToken} !=${token}\nRewriteRule ^ - [R=401,L]` : ''}
</VirtualHost>`,
  };
}
