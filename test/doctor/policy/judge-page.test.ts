import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/doctor/finding.ts';
import type { CalledServer } from '../../../src/doctor/policy/called-addresses.ts';
import { judgePage, type PageUse } from '../../../src/doctor/policy/judge-page.ts';
import { readPolicies } from '../../../src/doctor/policy/policy.ts';
import type { SeenPage } from '../../../src/doctor/policy/seen-page.ts';

const FRAMING = "frame-ancestors 'self'";
const PSERVER: CalledServer = {
  name: 'pserver',
  url: new URL('https://gateway.bank.example/pserver?key=secret'),
};
const LINXO: CalledServer = { name: 'linxo', url: new URL('https://linxo.bank.example/v2') };

interface Given extends Partial<PageUse> {
  readonly headers?: readonly string[];
  readonly metas?: readonly string[];
  readonly page?: Partial<SeenPage>;
}

function judge({ headers = [], metas = [], page, ...use }: Given) {
  const policies = [...readPolicies([FRAMING, ...headers], 'header'), ...readPolicies(metas, 'meta')];
  const url = new URL('https://www.bank.example/accounts');
  const seen: SeenPage = { url, request: 'GET /accounts, the page', policies, frameOptions: [], ...page };
  return judgePage(seen, { origin: 'https://www.bank.example', servers: [PSERVER, LINXO], ...use });
}

function idsOf({ findings }: { readonly findings: readonly Finding[] }): readonly string[] {
  return findings.map(({ id }) => id);
}

describe('a page that is right', () => {
  it.each([
    [[]],
    [["default-src 'self'; connect-src 'self' https://gateway.bank.example https://linxo.bank.example/v2/"]],
    [['connect-src https:', 'default-src https:; connect-src *.bank.example']],
    [["require-trusted-types-for 'script'"]],
    [["require-trusted-types-for 'script'; trusted-types default bank"]],
    [["require-trusted-types-for 'script'; trusted-types *"]],
    [["trusted-types 'none'"]],
    [['sandbox allow-scripts allow-same-origin allow-forms']],
  ])('%j has no finding', (headers) => {
    const { findings, checks } = judge({ headers });
    expect(findings).toEqual([]);
    expect(checks.map(({ result }) => result)).toEqual(['fine', 'fine', 'fine', 'fine']);
  });

  it('says in the check that the page must create the policy named default', () => {
    const { checks } = judge({ headers: ["require-trusted-types-for 'script'"] });
    expect(checks).toContainEqual({
      subject: 'page',
      name: 'Trusted Types: the page must create the policy named default before it loads the widget',
      result: 'fine',
    });
  });
});

describe('connect-src', () => {
  it('is found with each address that it does not allow, and with the directive to write', () => {
    const { findings } = judge({ headers: ["connect-src 'self' https://cdn.example?key=1 'nonce-abc'"] });
    expect(findings).toMatchObject([
      {
        id: 'connect-src',
        severity: 'error',
        subject: 'page',
        request: 'GET /accounts, the page',
        seen:
          'The directive connect-src in the header Content-Security-Policy does not allow https://gateway.bank.example/pserver, ' +
          'https://linxo.bank.example/v2/queues/subscribe, https://linxo.bank.example/v2/queues/{id}, ' +
          'https://linxo.bank.example/v2/connections/{id}.',
        header:
          "Content-Security-Policy: connect-src 'self' https://cdn.example https://gateway.bank.example https://linxo.bank.example",
      },
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/secret|key=|nonce-abc/);
  });

  it('is found where only some paths are allowed', () => {
    const [found] = judge({
      headers: ['connect-src https://gateway.bank.example https://linxo.bank.example/v2/queues/'],
    }).findings;
    expect(found?.seen).toMatch(/ does not allow https:\/\/linxo\.bank\.example\/v2\/connections\/\{id\}\.$/);
  });

  it('falls back to default-src', () => {
    const [found] = judge({ headers: ["default-src 'none'"], servers: [PSERVER] }).findings;
    expect(found?.seen).toBe(
      'The directive default-src in the header Content-Security-Policy does not allow https://gateway.bank.example/pserver, and there is no connect-src.',
    );
    expect(found?.header).toBe('Content-Security-Policy: connect-src https://gateway.bank.example');
  });

  it('names the page itself as such', () => {
    const server: CalledServer = { name: 'ob', url: new URL('https://www.bank.example/ob') };
    const [found] = judge({ headers: ["connect-src 'none'"], servers: [server] }).findings;
    expect(found?.header).toBe("Content-Security-Policy: connect-src 'self'");
  });

  it('is found in each policy that does not allow an address', () => {
    const found = judge({ headers: ["connect-src 'self'", "default-src 'self'", 'connect-src *'] });
    expect(idsOf(found)).toEqual(['connect-src', 'connect-src']);
  });

  it('in a <meta> is not ended by a header', () => {
    const [found] = judge({ metas: ["connect-src 'self'"], servers: [PSERVER] }).findings;
    expect(found).toMatchObject({
      id: 'connect-src',
      seen: expect.stringContaining('in a <meta> of the page'),
    });
    expect(found?.advice).toMatch(
      / In the <meta>, write: connect-src 'self' https:\/\/gateway\.bank\.example$/,
    );
    expect(found).not.toHaveProperty('header');
    expect(found).not.toHaveProperty('fixes');
  });

  it('without the address of a server cannot be judged', () => {
    expect(judge({ headers: ["connect-src 'none'"], servers: [] }).checks[0]).toMatchObject({
      result: 'skipped',
      reason: 'no address was given that the page calls',
    });
  });
});

describe('Trusted Types', () => {
  it.each([
    ['trusted-types bank', 'trusted-types bank default'],
    ["trusted-types 'none'", 'trusted-types default'],
    ['trusted-types', 'trusted-types default'],
    ['trusted-types Default', 'trusted-types Default default'],
    ["trusted-types 'allow-duplicates'", "trusted-types 'allow-duplicates' default"],
  ])('that are required with %s are found', (names, header) => {
    const { findings } = judge({ headers: [`require-trusted-types-for 'script'; ${names}`] });
    expect(findings).toMatchObject([{ id: 'trusted-types', header: `Content-Security-Policy: ${header}` }]);
  });

  it('are found where one policy requires them, and another forbids the name', () => {
    const found = judge({ headers: ['trusted-types bank'], metas: ["require-trusted-types-for 'script'"] });
    expect(idsOf(found)).toEqual(['trusted-types']);
  });

  it('do not matter to a page that has no widget', () => {
    const { findings, checks } = judge({
      headers: ["require-trusted-types-for 'script'; trusted-types 'none'"],
      servers: [LINXO],
    });
    expect(findings).toEqual([]);
    expect(checks[1]).toMatchObject({ result: 'skipped', reason: 'no server of the widget was given' });
  });
});

describe('a sandbox', () => {
  it.each([
    ['sandbox', 'allow-scripts and allow-same-origin'],
    ['sandbox allow-same-origin', 'allow-scripts'],
    ['sandbox Allow-Scripts', 'allow-same-origin'],
    ['sandbox allow-scripts allow-same-origin, sandbox allow-scripts', 'allow-same-origin'],
  ])('%s lacks %s', (header, missing) => {
    expect(judge({ headers: [header] }).findings).toMatchObject([
      {
        id: 'page-sandboxed',
        seen: `The directive sandbox in the header Content-Security-Policy does not have ${missing}.`,
      },
    ]);
  });

  it('is no fault of a page whose origin is said to be null', () => {
    expect(judge({ headers: ['sandbox allow-scripts'], origin: 'null' }).findings).toEqual([]);
    expect(judge({ metas: ['sandbox'] }).findings).toEqual([]);
  });
});

describe('frames', () => {
  it.each([
    [[], [], 'There is neither a directive frame-ancestors nor a header X-Frame-Options.'],
    [
      [],
      ['ALLOW-FROM https://a.example'],
      'There is no directive frame-ancestors, and browsers ignore what X-Frame-Options says.',
    ],
    [
      ['frame-ancestors *'],
      ['DENY'],
      'The directive frame-ancestors in the header Content-Security-Policy lets in every website.',
    ],
  ])('of any website, with %j and %j, are found', (headers, frameOptions, seen) => {
    const { findings } = judge({ page: { policies: readPolicies(headers, 'header'), frameOptions } });
    expect(findings).toMatchObject([{ id: 'page-framing', severity: 'warning', seen }]);
  });
});

it('what was not found is skipped where not all policies were read', () => {
  const doubt = 'the page is too long';
  const { checks } = judge({ page: { doubt } });
  expect(checks.map(({ result, reason }) => reason ?? result)).toEqual([doubt, doubt, 'fine', 'fine']);
  const found = judge({ headers: ["connect-src 'none'"], page: { doubt } });
  expect(idsOf(found)).toEqual(['connect-src']);
});
