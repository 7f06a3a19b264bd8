import { afterEach, describe, expect, test, vi } from 'vitest';
import { insecureOrigin, readEndpoint, reportedOrigin } from '../../src/http/endpoint.ts';
import { refusalBy } from '../harness/refusal.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function refusal(value: unknown) {
  return refusalBy(() => readEndpoint('endpoints.pserver', value));
}

/** The address that a request goes to now. */
function resolved(value: unknown, allowInsecure?: boolean): string {
  return readEndpoint('endpoints.pserver', value, allowInsecure)().href;
}

describe('T1 readEndpoint accepts', () => {
  test.each([
    ['https://bank.example/execute', 'https://bank.example/execute'],
    ['https://bank.example:8443/a?channel=WEB&x=1', 'https://bank.example:8443/a?channel=WEB&x=1'],
    ['https://bank.example', 'https://bank.example/'],
    ['HTTPS://BANK.example/A', 'https://bank.example/A'],
    ['https://bank.example/a#part', 'https://bank.example/a'],
    ['https://bücher-bank.example/', 'https://xn--bcher-bank-9db.example/'],
    ['http://localhost/a', 'http://localhost/a'],
    ['http://localhost:3000/a', 'http://localhost:3000/a'],
    ['http://LOCALHOST/a', 'http://localhost/a'],
    ['http://bank.localhost/a', 'http://bank.localhost/a'],
    ['http://127.0.0.1:3000/a', 'http://127.0.0.1:3000/a'],
    ['http://127.8.9.1/a', 'http://127.8.9.1/a'],
    ['http://2130706433/a', 'http://127.0.0.1/a'],
    ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
    ['http://[0:0:0:0:0:0:0:1]/a', 'http://[::1]/a'],
  ])('T1 %s', (given, read) => {
    expect(resolved(given)).toBe(read);
    expect(resolved(new URL(given))).toBe(read);
  });

  test('T1 a copy of a URL, so that nobody changes it later', () => {
    const given = new URL('https://bank.example/');
    const endpoint = readEndpoint('endpoints.pserver', given);

    given.host = 'elsewhere.example';
    endpoint().host = 'elsewhere.example';

    expect(endpoint().href).toBe('https://bank.example/');
  });

  test('T1 a relative address of a page that is itself safe', () => {
    vi.stubGlobal('location', { href: 'https://bank.example/online/' });

    expect(resolved('/a')).toBe('https://bank.example/a');
    expect(resolved('a')).toBe('https://bank.example/online/a');
    expect(resolved('//api.bank.example/a')).toBe('https://api.bank.example/a');
  });
});

describe('T1 readEndpoint, on the page of an app', () => {
  test.each(['capacitor://localhost', 'ionic://localhost', 'app://bundle', 'tauri://localhost:1430'])(
    'T1 %s, takes an address that is relative to it, or https',
    (origin) => {
      vi.stubGlobal('location', { href: `${origin}/online/index.html` });
      const warn = vi.spyOn(console, 'warn').mockReturnValue();

      expect(resolved('/a')).toBe(`${origin}/a`);
      expect(resolved('a?x=1')).toBe(`${origin}/online/a?x=1`);
      expect(resolved('/a', false)).toBe(`${origin}/a`);
      expect(resolved('https://bank.example/a')).toBe('https://bank.example/a');
      expect(warn).not.toHaveBeenCalled();
      warn.mockRestore();
    },
  );

  test.each(['app://bundle/a', '//other/a', 'http://bank.example/a'])(
    'T1 refuses what is neither: %s',
    (given) => {
      vi.stubGlobal('location', { href: 'capacitor://localhost/index.html' });

      expect(refusal(given).code).toBe('INVALID_OPTIONS');
    },
  );

  test('T1 takes a whole address of its own origin', () => {
    vi.stubGlobal('location', { href: 'capacitor://localhost/index.html' });

    expect(resolved(new URL('/a', 'capacitor://localhost/index.html'), false)).toBe(
      'capacitor://localhost/a',
    );
  });
});

describe('T1 readEndpoint refuses', () => {
  test.each([
    ['http://bank.example/a', 'http://bank.example'],
    ['http://192.168.0.1/a', 'http://192.168.0.1'],
    ['http://10.0.0.1/a', 'http://10.0.0.1'],
    ['http://0.0.0.0/a', 'http://0.0.0.0'],
    ['http://127.0.0.1.evil.example/a', 'http://127.0.0.1.evil.example'],
    ['http://localhost.evil.example/a', 'http://localhost.evil.example'],
    ['http://evil-localhost/a', 'http://evil-localhost'],
    ['http://notlocalhost/a', 'http://notlocalhost'],
    ['http://[::2]/a', 'http://[::2]'],
    ['http://[::ffff:10.0.0.1]/a', 'http://[::ffff:a00:1]'],
    ['ftp://bank.example/a', 'ftp://bank.example'],
    ['ws://localhost/a', 'ws://localhost'],
    ['wss://bank.example/a', 'wss://bank.example'],
    ['file:///etc/hosts', 'file:'],
    ['javascript:alert(1)', 'javascript:'],
    ['data:application/json,{}', 'data:'],
    ['blob:https://bank.example/0', 'blob:'],
    ['about:blank', 'about:'],
    [' http://bank.example/a', 'http://bank.example'],
  ])('T1 %s, and names scheme and host', (given, named) => {
    const { details, message } = refusal(given);

    expect(details).toMatchObject({
      option: 'endpoints.pserver',
      expected: expect.stringContaining('https'),
    });
    expect(details.received).toContain(named);
    expect(message).toContain("'endpoints.pserver'");
  });

  test.each([
    'https://user@bank.example/',
    'https://user:secret@bank.example/',
    'https://:secret@bank.example/',
    'http://user:secret@localhost/',
  ])('T1 a user or a password in it: %s', (given) => {
    const error = refusal(given);

    expect(error.details.received).toMatch(/user name or password/);
    expect(error.message).not.toContain('secret');
  });

  test.each([
    [undefined, /undefined/],
    [null, /null/],
    ['', /empty/],
    [42, /42|number/],
    [true, /true|boolean/],
    [{ href: 'https://bank.example/' }, /object/],
    [['https://bank.example/'], /array|object/],
    [() => 'https://bank.example/', /function/],
  ])('T1 what is no address: %j', (given, received) => {
    expect(refusal(given).details).toMatchObject({
      option: 'endpoints.pserver',
      received: expect.stringMatching(received),
    });
  });

  test.each(['https://', 'https://exa mple/', 'http://[::1', '//exa mple/'])(
    'T1 what cannot be read on any page: %s',
    (given) => {
      expect(refusal(given).details.received).toBe('a string that is no address');
    },
  );

  test('T1 a relative address of a page that is not safe itself, where allowInsecure is false', () => {
    vi.stubGlobal('location', { href: 'http://intranet.bank.example:8080/online/' });

    const error = refusalBy(() => readEndpoint('endpoints.pserver', '/a', false));
    expect(error.details.option).toBe('endpoints.pserver');
    expect(error.details.received).toBe(
      'http://intranet.bank.example:8080, the origin of this page, and allowInsecure is false',
    );
  });

  test.each([
    ['//api.bank.example/a', 'http://api.bank.example'],
    ['http://api.bank.example:8080/a', 'http://api.bank.example:8080'],
    ['http://intranet.bank.example/a', 'http://intranet.bank.example'],
    ['http://intranet.bank.example:8081/a', 'http://intranet.bank.example:8081'],
    [new URL('http://api.bank.example/a'), 'http://api.bank.example'],
  ])('T1 on a page that is not safe itself, what is of another origin: %s', (given, named) => {
    vi.stubGlobal('location', { href: 'http://intranet.bank.example:8080/online/' });

    expect(refusal(given).details.received).toBe(named);
  });

  test.each(['file:///home/page.html', 'about:blank', 'blob:https://bank.example/0', 'data:text/html,'])(
    'T1 a relative address of a page at %s',
    (href) => {
      vi.stubGlobal('location', { href });

      expect(refusal('/a').details.received).toMatch(
        /^file:|^a relative address, which a page at \w+: cannot/,
      );
    },
  );

  test('T4 without a word of what the address holds beside scheme and host', () => {
    for (const given of [
      'http://bank.example/path-secret?token=query-secret#hash-secret',
      'http://user-secret:pass-secret@bank.example/',
      'javascript:steal("secret")',
      'https://exa mple/?secret',
      'secret',
    ]) {
      const error = refusalBy(() => readEndpoint('endpoints.pserver', given)());
      expect(`${error.message} ${JSON.stringify(error.details)} ${error.cause}`).not.toContain('secret');
    }
  });
});

describe('T1 a relative address goes to the origin of its page', () => {
  const led = (place: string) =>
    `a relative address, and the base address of this page leads it to ${place}, another origin: give a whole one`;

  test.each([
    ['https://bank.example/online/', 'https://cdn.example/v2/', 'https://cdn.example'],
    ['https://bank.example/online/', 'https://bank.example:8443/', 'https://bank.example:8443'],
    ['https://bank.example/online/', 'http://bank.example/', 'http://bank.example'],
    ['http://intranet.bank.example/', 'http://static.bank.example/', 'http://static.bank.example'],
    ['http://intranet.bank.example/', 'https://intranet.bank.example/', 'https://intranet.bank.example'],
    ['http://localhost:3000/', 'http://localhost:4000/', 'http://localhost:4000'],
    ['capacitor://localhost/index.html', 'app://bundle/', 'app://bundle'],
    ['capacitor://localhost/index.html', 'https://cdn.example/', 'https://cdn.example'],
  ])('T1 on a page at %s, the <base> %s sends no token elsewhere', (href, baseURI, place) => {
    vi.stubGlobal('location', { href });
    vi.stubGlobal('document', { baseURI });

    for (const given of ['a', '/a', '?a', ' ', './a'])
      expect(refusal(given).details.received).toBe(led(place));
  });

  test('T1 a <base> of the page’s own origin counts, and an address that names its host needs none', () => {
    vi.stubGlobal('location', { href: 'https://bank.example/online/' });
    vi.stubGlobal('document', { baseURI: 'https://bank.example/app/' });
    expect(resolved('a')).toBe('https://bank.example/app/a');

    vi.stubGlobal('document', { baseURI: 'https://cdn.example/v2/' });
    expect(resolved('https://cdn.example/a')).toBe('https://cdn.example/a');
    expect(resolved('https://bank.example/a')).toBe('https://bank.example/a');
    expect(resolved('//api.bank.example/a')).toBe('https://api.bank.example/a');
  });

  test('T1 a frame with srcdoc has the <base> of its parent, which may lead elsewhere', () => {
    vi.stubGlobal('location', { href: 'about:srcdoc' });
    vi.stubGlobal('origin', 'https://bank.example');
    vi.stubGlobal('document', { baseURI: 'https://cdn.example/' });

    expect(refusal('/a').details.received).toBe(led('https://cdn.example'));
  });

  test.each(['http://dev.bank.example:5174/a', new URL('http://dev.bank.example:5174/a'), 'http:/a', '/a'])(
    'T1 a whole address of an insecure page’s own origin is as a relative one: %s',
    (given) => {
      vi.stubGlobal('location', { href: 'http://dev.bank.example:5174/online/' });
      const warn = vi.spyOn(console, 'warn').mockReturnValue();

      expect(resolved(given)).toBe('http://dev.bank.example:5174/a');
      warn.mockRestore();
    },
  );
});

describe('S5 a relative address is resolved when it is used', () => {
  const RELATIVE = [
    '/a',
    'a',
    '?a',
    '#a',
    './a',
    '//bank.example/a',
    '\\\\bank.example\\a',
    '/\\bank.example/a',
  ];

  test.each(RELATIVE)('S5 where there is no page, it is read and not resolved: %s', (given) => {
    const endpoint = readEndpoint('endpoints.pserver', given);

    expect(refusalBy(endpoint).details).toEqual({
      option: 'endpoints.pserver',
      expected: 'an https address, an http one on loopback, or one that is relative to the page',
      received: 'a relative address, and there is no page: on a server, give a whole one',
    });
  });

  test.each([[{}], [{ baseURI: undefined }]])(
    'S5 a server with half a document counts as none: %j',
    (document) => {
      vi.stubGlobal('document', document);
      vi.stubGlobal('location', {});

      expect(refusalBy(readEndpoint('baseUrl', '/a')).details.received).toMatch(/there is no page/);
    },
  );

  test.each([
    '//user:secret@bank.example/',
    '//:secret@bank.example/',
    'http://bank.example/',
    'javascript:a',
  ])('S5 where there is no page, what no page can use is still an error at once: %s', (given) => {
    expect(refusal(given).code).toBe('INVALID_OPTIONS');
  });

  test('S5 made without a page, it is resolved against the page that has come', () => {
    const endpoint = readEndpoint('endpoints.pserver', 'api?x=1#part');
    vi.stubGlobal('location', { href: 'https://bank.example/online/accounts' });

    expect(endpoint().href).toBe('https://bank.example/online/api?x=1');
  });

  /** Takes the page away, and asks again on other pages. */
  function later(endpoint: () => URL): string[] {
    const hrefs: string[] = [];
    for (const [href, baseURI] of [
      ['https://bank.example/online/cards/', 'https://bank.example/online/cards/'],
      ['https://bank.example/online/cards/', 'https://bank.example/app/'],
      ['https://bank.example/online/cards/', 'https://elsewhere.example/'],
      ['https://bank.example/online/cards/', 'http://bank.example/'],
      [undefined, undefined],
    ]) {
      vi.stubGlobal('location', { href });
      vi.stubGlobal('document', { baseURI });
      hrefs.push(endpoint().href);
    }
    return hrefs;
  }

  test('S5 T1 it stays the same from then on: neither the history of the page nor a <base> changes it', () => {
    vi.stubGlobal('location', { href: 'https://bank.example/online/' });
    const endpoint = readEndpoint('endpoints.pserver', 'api');
    endpoint();

    expect(new Set(later(endpoint))).toEqual(new Set(['https://bank.example/online/api']));
  });

  test('S5 it is resolved at its first use, and not before: the page may not have had its <base> yet', () => {
    vi.stubGlobal('location', { href: 'https://bank.example/online/' });
    const endpoint = readEndpoint('endpoints.pserver', 'api');
    vi.stubGlobal('document', { baseURI: 'https://bank.example/app/' });

    expect(endpoint().href).toBe('https://bank.example/app/api');
  });

  test('S5 T1 made without a page, it keeps what its first use on a page gives', () => {
    const endpoint = readEndpoint('endpoints.pserver', 'api');
    expect(endpoint).toThrow();
    vi.stubGlobal('location', { href: 'https://bank.example/online/' });
    expect(endpoint().href).toBe('https://bank.example/online/api');

    expect(new Set(later(endpoint))).toEqual(new Set(['https://bank.example/online/api']));
  });

  test('S5 T1 an error is not kept: it works once the page can use it', () => {
    const endpoint = readEndpoint('endpoints.pserver', 'api');
    vi.stubGlobal('location', { href: 'https://bank.example/online/' });
    vi.stubGlobal('document', { baseURI: 'https://cdn.example/' });
    expect(refusalBy(endpoint).details.received).toContain('https://cdn.example');
    vi.stubGlobal('document', { baseURI: 'https://bank.example/' });

    expect(endpoint().href).toBe('https://bank.example/api');
  });

  test.each([
    '//api.bank.example/a',
    '\\\\api.bank.example\\a',
    '/\\api.bank.example/a',
    '\t//api.bank.example/a',
  ])('S5 T1 made without a page, it sends no token to another host over plain HTTP: %j', (given) => {
    const endpoint = readEndpoint('endpoints.pserver', given);
    vi.stubGlobal('location', { href: 'http://intranet.bank.example/online/' });

    expect(refusalBy(endpoint).details.received).toBe('http://api.bank.example');
  });

  test('S5 made without a page, `allowInsecure: false` refuses an insecure page when it is used', () => {
    const endpoint = readEndpoint('endpoints.pserver', '/a', false);
    vi.stubGlobal('location', { href: 'http://intranet.bank.example/online/' });

    expect(refusalBy(endpoint).details.received).toMatch(/allowInsecure is false$/);
  });

  test('S5 an absolute address needs no page', () => {
    expect(resolved('https://bank.example/a')).toBe('https://bank.example/a');
  });

  test.each(['blob:https://bank.example/0', 'data:text/html,', 'about:blank'])(
    'S5 an app made without a page, and a page that resolves nothing: %s',
    (href) => {
      const endpoint = readEndpoint('endpoints.pserver', '/a');
      vi.stubGlobal('location', { href });

      const scheme = href.replace(/:.*/, ':');
      expect(refusalBy(endpoint).details.received).toBe(
        `a relative address, which a page at ${scheme} cannot resolve: give a whole one`,
      );
    },
  );
});

describe('T1 a page without an address of its own: about:srcdoc, about:blank', () => {
  test.each(['about:srcdoc', 'about:blank'])('T1 %s goes where its parent came from', (href) => {
    vi.stubGlobal('location', { href });
    vi.stubGlobal('document', { baseURI: 'http://intranet.bank.example/online/' });
    vi.stubGlobal('origin', 'http://intranet.bank.example');
    const warn = vi.spyOn(console, 'warn').mockReturnValue();

    expect(resolved('/a')).toBe('http://intranet.bank.example/a');
    expect(refusal('//other.example/a').details.received).toBe('http://other.example');
    warn.mockRestore();
  });

  test('T1 a sandboxed one, which has no origin, may use a secure address of its parent', () => {
    vi.stubGlobal('location', { href: 'about:srcdoc' });
    vi.stubGlobal('document', { baseURI: 'https://bank.example/online/' });
    vi.stubGlobal('origin', 'null');

    expect(resolved('/a')).toBe('https://bank.example/a');
  });

  test('T1 a sandboxed one may use no insecure one', () => {
    vi.stubGlobal('location', { href: 'about:srcdoc' });
    vi.stubGlobal('document', { baseURI: 'http://intranet.bank.example/online/' });
    vi.stubGlobal('origin', 'null');

    expect(refusal('/a').details.received).toBe('http://intranet.bank.example');
  });
});

describe('T1 reportedOrigin', () => {
  test.each([
    ['http://intranet.bank.example:8080', 'http://intranet.bank.example:8080'],
    ['http://user:hush@intranet.bank.example/hush?hush#hush', 'http://intranet.bank.example'],
    ['https://bank.example', undefined],
    ['hush', undefined],
    ['', undefined],
    ['javascript:hush', undefined],
    [undefined, undefined],
    [['http://hush.example'], undefined],
  ])('T1 of %s', (reported, origin) => {
    expect(reportedOrigin(reported)).toBe(origin);
  });
});

describe('T1 insecureOrigin', () => {
  test.each([
    ['http://intranet.bank.example:8080/a', 'http://intranet.bank.example:8080'],
    ['https://intranet.bank.example/a', undefined],
    ['http://localhost:3000/a', undefined],
    ['http://127.0.0.1/a', undefined],
    ['capacitor://localhost/a', undefined],
    ['ionic://app/a', undefined],
  ])('T1 of %s', (address, origin) => {
    expect(insecureOrigin(new URL(address))).toBe(origin);
  });
});
