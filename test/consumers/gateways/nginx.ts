import type { GatewayCommand } from './gateway-process.ts';
import { sectionsOf } from './sections.ts';

/** nginx in front of a server. The server checks the token, by auth_request. */
export function nginxCommand(server: string, remedies: readonly string[]): GatewayCommand {
  // This module is not installed with nginx.
  const lines = remedies.map((remedy) => remedy.replace(/^modsecurity_rules .*$/m, ''));
  const { http, location, preflights, server: inServer } = sectionsOf(lines);
  // As the comment says: in place of lines of that name.
  const replaced = [...preflights.matchAll(/^add_header (\S+)/gm)].map(([line]) => line);
  const kept = location
    .split('\n')
    .filter((line) => !replaced.some((known) => line.startsWith(`  ${known}`)));
  const inLocation = kept.join('\n').replace('  return 204;', `${preflights}  return 204;`);
  return {
    command: 'nginx',
    args: (folder, file) => ['-p', folder, '-c', file, '-e', 'stderr'],
    configuration: (folder, port) => `
daemon off;
user root;
worker_processes 1;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/m;
  ${http}
  server {
    listen 127.0.0.1:${port};
    ${inServer}
    location / {
      ${inLocation}
      auth_request /check-token;
      proxy_pass ${server};
    }
    location /nobody {
      ${inLocation}
      proxy_pass http://127.0.0.1:1;
    }
    location /limited {
      ${inLocation}
      limit_req zone=slow;
      proxy_pass ${server}/200;
    }
    location = /check-token {
      internal;
      proxy_pass ${server}/204;
      proxy_pass_request_body off;
      proxy_set_header Content-Length "";
    }
  }
}`,
  };
}
