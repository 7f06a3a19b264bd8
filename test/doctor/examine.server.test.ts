import { describe, expect, it } from 'vitest';
import { examine, type Subject } from '../../src/doctor/examine.ts';
import type { Probe } from '../../src/doctor/exchange.ts';
import { ENRICH, examined, OB, PSERVER } from './fixtures/examined.ts';
import type { Change, FakeSenderOptions } from './fixtures/fake-sender.ts';

const spoiled = ({ token }: Probe): boolean => token === 'spoiled';
const field = ({ body = '' }: Probe): string =>
  (JSON.parse(body) as { banksideDoctor?: string }).banksideDoctor ?? '';
const special = (probe: Probe): boolean => /[^ -~]/.test(field(probe));
const large = (probe: Probe): boolean => field(probe).length > 100_000;
const html = { text: '<!doctype html><title>Sign in</title>' };

/** Changes the answers to some of the requests. */
function to(which: (probe: Probe) => boolean, change: Change): FakeSenderOptions {
  return { change: (probe) => (which(probe) ? change : {}) };
}

const withToken = (probe: Probe): boolean => !spoiled(probe);
const always = (): boolean => true;

describe('a fault of a server is found, and no other', () => {
  it.each([
    ['a wrong token is answered with 403', to(spoiled, { status: 403 }), ['unauthorized-form']],
    ['a wrong token is accepted', to(spoiled, { status: 200, text: '{"ok":true}' }), ['token-not-checked']],
    [
      'a wrong token gets an error with 200',
      to(spoiled, { status: 200, text: '{"ok":false}' }),
      ['unauthorized-form'],
    ],
    ['a wrong token gets a page', to(spoiled, { status: 200, ...html }), ['unauthorized-form']],
    ['a wrong token is a failure of the server', to(spoiled, { status: 500 }), ['unauthorized-form']],
    ['the given token is refused', to(withToken, { status: 401 }), ['token-refused']],
    ['the address leads nowhere', to(always, { status: 404, ...html }), ['server-error']],
    ['the server is out of order', to(withToken, { status: 500, text: '{"status":500}' }), ['server-error']],
    [
      'the address leads nowhere, in the words of Spring',
      to(withToken, { status: 404, text: '{"status":404,"error":"Not Found"}' }),
      ['server-error'],
    ],
    [
      'ok and status are odd',
      to(withToken, { status: 400, text: '{"ok":{"toString":1},"status":{"valueOf":1}}' }),
      ['server-error'],
    ],
    ['the given token has no rights', to(withToken, { status: 403, ...html }), ['server-error']],
    ['an HTML page comes in place of JSON', to(withToken, html), ['not-json']],
    ['a number comes in place of a reply', to(withToken, { text: '42' }), ['not-json']],
    ['large requests are refused', to(large, { status: 413, ...html }), ['large-body']],
    ['a large request ends the connection', to(large, { findings: ['unreachable'] }), ['large-body']],
    [
      'the refusal of a large request cannot be read',
      to(large, { findings: ['answer-origin'] }),
      ['large-body'],
    ],
    ['characters beyond ASCII are refused', to(special, { status: 400 }), ['special-characters']],
    ['characters beyond ASCII break the server', to(special, { status: 500 }), ['special-characters']],
  ])('%s', async (_name, options, ids) => {
    const { found, checks } = await examined([PSERVER], options);

    expect(found).toEqual(ids.map((id) => `pserver: ${id}`));
    expect(checks.some(({ result }) => result === 'found')).toBe(true);
  });

  it.each<[string, (probe: Probe) => boolean, string]>([
    ['a large request', large, '{"ok":false,"status":"400"}'],
    ['characters beyond ASCII', special, '{"status":400}'],
  ])('what the server itself refuses is no fault of the gateway: %s', async (name, which, text) => {
    const { found, checks } = await examined([PSERVER], to(which, { status: 400, text }));

    expect(found).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'pserver',
      name,
      result: 'skipped',
      reason: 'the server declined it, with the status 400',
    });
  });

  it.each([400, 422])('%s for a wrong token is not judged', async (status) => {
    const { found, checks } = await examined([PSERVER], to(spoiled, { status }));

    expect(found).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'pserver',
      name: 'a token that is not valid',
      result: 'skipped',
      reason: `the status is ${status}, which may be for the form of the token`,
    });
  });

  it('a server that refuses all requests alike says nothing of tokens', async () => {
    const { checks } = await examined([PSERVER], to(always, { status: 403, ...html }));
    expect(checks).toContainEqual({
      subject: 'pserver',
      name: 'a token that is not valid',
      result: 'skipped',
      reason: 'the status is 403 for the given token too',
    });
  });

  it('a command that needs no token is no fault', async () => {
    const { found, checks } = await examined([OB], to(spoiled, { status: 200, text: '{"ok":true}' }));

    expect(found).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'ob',
      name: 'a token that is not valid',
      result: 'skipped',
      reason: 'the server answers this command without a valid token too',
    });
  });

  it.each([
    ['a page may not read the answer', { findings: ['answer-origin'] } as const],
    ['no answer comes', { findings: ['unreachable'] } as const],
    ['the server is out of order', { status: 502 }],
  ])('S1: a server that fails from now on does not refuse that request, where %s', async (_what, change) => {
    let count = 0;
    const failing = { change: () => (++count > 3 ? change : {}) };
    const { found, checks } = await examined([PSERVER], failing);
    expect(found).toEqual([]);
    for (const name of ['characters beyond ASCII', 'a large request'])
      expect(checks).toContainEqual({
        subject: 'pserver',
        name,
        result: 'skipped',
        reason: 'the server stopped answering',
      });
  });

  it('what the sender finds beside a refused large request is kept', async () => {
    const { found } = await examined([PSERVER], to(large, { findings: ['error-answer-origin'] }));
    expect(found).toEqual(['pserver: error-answer-origin', 'pserver: large-body']);
  });

  it('says what was seen', async () => {
    const { findings } = await examined([PSERVER], to(large, { status: 413 }));
    expect(findings).toMatchObject([
      {
        id: 'large-body',
        subject: 'pserver',
        request: 'POST /pserver/execute, getInsights with 200 kB',
        seen: 'With 200 kB the status is 413, and with 200 bytes it is 200.',
      },
    ]);
  });

  it('what many requests show is shown once, with the first of them', async () => {
    const { findings } = await examined([PSERVER], to(withToken, html));
    expect(findings).toMatchObject([{ request: 'POST /pserver/execute, getInsights, and 3 others' }]);
  });
});

describe('two faults are both found', () => {
  it.each([
    ['HTML', 'large requests refused', html, { status: 413 }, ['not-json', 'large-body']],
    ['a wrong refusal', 'large requests refused', {}, { status: 413 }, ['unauthorized-form', 'large-body']],
  ])('%s, and %s', async (_one, _other, others, ofLarge, ids) => {
    const { found } = await examined([PSERVER], {
      change(probe) {
        if (spoiled(probe)) return ids.includes('unauthorized-form') ? { status: 403 } : {};
        return large(probe) ? ofLarge : others;
      },
    });
    expect(found).toEqual(ids.map((id) => `pserver: ${id}`));
  });
});

describe('what a right server may answer is no finding', () => {
  const enrich = [ENRICH, OB];
  it.each<[string, readonly Subject[], FakeSenderOptions]>([
    ['an empty body, which is a success', [PSERVER], to(withToken, { status: 204, text: '' })],
    ['JSON after a byte order mark', [PSERVER], to(withToken, { text: '\ufeff{"ok":true}' })],
    ['an array', [PSERVER], to(withToken, { text: '[]' })],
    ['JSON that is encoded twice', [PSERVER], to(withToken, { text: '"{\\"ok\\":true}"' })],
    ['Base64 of JSON', [PSERVER], to(withToken, { text: btoa('{"ok":true}') })],
    ['ok: false with 200', [PSERVER], to(withToken, { text: '{"ok":false,"status":"500"}' })],
    ...[false, 0, 'false', '0'].map((ok): [string, readonly Subject[], FakeSenderOptions] => [
      `ok: ${JSON.stringify(ok)} with 400`,
      [PSERVER],
      to(withToken, { status: 400, text: JSON.stringify({ ok }) }),
    ]),
    ...[600, '400', 422, '404'].map((status): [string, readonly Subject[], FakeSenderOptions] => [
      `status: ${JSON.stringify(status)} with 409`,
      [PSERVER],
      to(withToken, { status: 409, text: JSON.stringify({ status }) }),
    ]),
    ['a problem of its own', [PSERVER], to(withToken, { status: 422, text: '{"title":"No","status":422}' })],
    ['ok: false with 500', [PSERVER], to(withToken, { status: 500, text: '{"ok":false}' })],
    ['status: 600 with 500', [PSERVER], to(withToken, { status: 500, text: '{"status":"600"}' })],
    ['ok: false with 404', [PSERVER], to(withToken, { status: 404, text: '{"ok":false,"status":"404"}' })],
    ['a command that lacks a field of its own', enrich, to(withToken, { status: 400, text: '{}' })],
    [
      'no further field is accepted',
      [PSERVER],
      to((probe) => field(probe) !== '', { status: 422, text: '{}' }),
    ],
  ])('%s', async (_name, subjects, options) => {
    const { findings, named } = await examined(subjects, options);

    expect(findings).toEqual([]);
    expect(named('found')).toEqual([]);
  });

  it('no conclusion is drawn from a further field, if none is accepted', async () => {
    const { checks, sender } = await examined(
      [PSERVER],
      to((probe) => field(probe) !== '', { status: 400 }),
    );

    const skipped = checks.filter(({ result }) => result === 'skipped');
    expect(skipped.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'a command with a further field: the server accepts no further field in a command',
      'characters beyond ASCII: the server accepts no further field in a command',
      'a large request: the server accepts no further field in a command',
    ]);
    expect(sender.sent).toHaveLength(3);
  });

  it.each<[string, Change, string]>([
    ['it is refused', { status: 500 }, 'the command alone is not accepted'],
    ['its token is refused', { status: 401 }, 'the token was refused'],
    [
      'its answer cannot be read',
      { findings: ['answer-origin'] },
      'the answer to a smaller request cannot be judged',
    ],
  ])('nothing more is sent where the command alone shows nothing: %s', async (_name, change, reason) => {
    const { checks, sender } = await examined([PSERVER], to(withToken, change));

    const skipped = checks.filter(({ result }) => result === 'skipped');
    expect(skipped.map((check) => check.reason)).toEqual([reason, reason, reason]);
    expect(sender.sent).toHaveLength(2);
  });

  it('a token that has expired meanwhile says nothing of large requests', async () => {
    const { found, checks } = await examined([PSERVER], to(large, { status: 401 }));

    expect(found).toEqual([]);
    expect(checks).toContainEqual({
      subject: 'pserver',
      name: 'a large request',
      result: 'skipped',
      reason: 'the status is 401',
    });
  });
});

describe('without a token', () => {
  const missing: Subject = { ...PSERVER, token: 'missing' };

  it.each([
    [403, 'unauthorized-form'],
    [500, 'unauthorized-form'],
    [404, 'server-error'],
    [502, 'server-error'],
  ])('the status %s for a wrong token is %s', async (status, id) => {
    const { found } = await examined([missing], to(always, { status }));
    expect(found).toEqual([`pserver: ${id}`]);
  });
});

it.each([403, 500])('without a token, %s may have another reason', async (status) => {
  const { findings } = await examined([{ ...PSERVER, token: 'missing' }], to(always, { status }));
  expect(findings[0]?.seen).toBe(
    `The status is ${status}, where 401 was due. The reason may be another than the token.`,
  );
});

describe('a gateway that answers other origins without a word of CORS', () => {
  it.each<[string, Change]>([
    ['403, as Spring does', { status: 403, text: 'Invalid CORS request' }],
    ['an empty 200, as Azure does', { status: 200, text: '' }],
  ])('gets no finding of the forms of its answers: %s', async (_name, change) => {
    const { findings, named } = await examined([PSERVER], {
      change: () => ({ ...change, headers: {}, exposed: [], allowsPage: false }),
    });

    expect(findings).toEqual([]);
    expect(named('fine')).toEqual([]);
  });

  it('a firewall that refuses large requests is found all the same', async () => {
    const { found } = await examined([PSERVER], to(large, { status: 403, allowsPage: false, ...html }));
    expect(found).toEqual(['pserver: large-body']);
  });
});

describe('where the gateway adds the token', () => {
  it('a 401 is found', async () => {
    const { found } = await examined([{ ...PSERVER, token: 'none' }], to(always, { status: 401 }));
    expect(found).toEqual(['pserver: token-refused']);
  });
});

describe('what the sender finds', () => {
  it.each([
    'unreachable',
    'certificate',
    'no-answer',
    'not-http',
    'insecure-address',
    'connect-src',
  ] as const)(
    '%s at the first request ends the subject, in one line, and the next is examined',
    async (id) => {
      const { found, checks, sender } = await examined([PSERVER, ENRICH], {
        change: ({ subject }) => (subject === 'pserver' ? { findings: [id] } : undefined),
      });

      expect(found).toEqual([`pserver: ${id}`]);
      expect(sender.sent.filter(({ subject }) => subject === 'pserver')).toHaveLength(1);
      expect(checks.filter(({ subject }) => subject === 'pserver')).toEqual([
        { subject: 'pserver', name: 'a token that is not valid', result: 'found' },
        {
          subject: 'pserver',
          name: 'all further requests',
          result: 'skipped',
          reason: 'the first request was not answered',
        },
      ]);
      expect(sender.sent.filter(({ subject }) => subject === 'enrich')).toHaveLength(5);
    },
  );

  it('of a preflight or of CORS does not end it', async () => {
    const { found, sender } = await examined([PSERVER], to(always, { findings: ['preflight-headers'] }));

    expect(found).toEqual(['pserver: preflight-headers']);
    expect(sender.sent.length).toBeGreaterThan(1);
  });

  it('a redirect is not judged again', async () => {
    const { found } = await examined([PSERVER], to(always, { findings: ['redirect'] }));
    expect(found).toEqual(['pserver: redirect']);
  });

  it('why nothing can be said is the reason of a skipped check', async () => {
    const { checks, findings } = await examine({
      subjects: [{ ...PSERVER, token: 'missing' }],
      sender: { send: async () => ({ findings: [], answer: undefined, unseen: 'the page is offline' }) },
      signal: new AbortController().signal,
    });

    expect(findings).toEqual([]);
    expect(checks[0]).toMatchObject({ result: 'skipped', reason: 'the page is offline' });
  });
});
