import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RunningServer, ServerOptions } from '../../../examples/sandbox/server.js';
import { send } from '../../harness/send.ts';
import { IMPORT_MAP, makePageFolder } from './fixtures/page-folder.ts';
import { serving } from './fixtures/serving.ts';

async function pageFolder(): Promise<string> {
  const { page, remove } = await makePageFolder();
  onTestFinished(remove);
  return page;
}

async function servingPage(options: ServerOptions = {}): Promise<RunningServer> {
  return serving({ pageFolder: await pageFolder(), ...options });
}

test('the page’s policy is strict, and lets in its import map by the hash', async () => {
  const { headers } = await send(await servingPage(), '/');

  const hash = createHash('sha256').update(IMPORT_MAP).digest('base64');
  expect(headers['content-security-policy']).toBe(
    [
      "default-src 'self'",
      `script-src 'self' 'sha256-${hash}'`,
      "connect-src 'self'",
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'self'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
    ].join('; '),
  );
});

test('the hash is that of the text as a browser reads it, with line feeds alone', async () => {
  const page = await pageFolder();
  const html = `<script type="importmap">${IMPORT_MAP}</script>`.replaceAll('\n', '\r\n');
  await writeFile(join(page, 'index.html'), html);

  const { headers, body } = await send(await serving({ pageFolder: page }), '/');

  const hash = createHash('sha256').update(IMPORT_MAP).digest('base64');
  expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
  expect(body).toBe(html);
});

test('the policy lets the page reach the origins of real end points, and no others', async () => {
  const server = await servingPage({
    env: {
      BANKSIDE_PSERVER_URL: 'https://insights.bank.example/pserver/execute?tenant=1',
      BANKSIDE_ENRICH_URL: 'https://insights.bank.example:8443/execute',
      BANKSIDE_OB_URL: '/ob',
      BANKSIDE_TOKEN_URL: 'https://www.bank.example/token',
    },
  });

  const { headers } = await send(server, '/');

  expect(headers['content-security-policy']).toContain(
    "; connect-src 'self' https://insights.bank.example https://insights.bank.example:8443 https://www.bank.example; ",
  );
});

test('only pages carry a policy', async () => {
  const { headers } = await send(await servingPage(), '/main.js');

  expect(headers).not.toHaveProperty('content-security-policy');
});
