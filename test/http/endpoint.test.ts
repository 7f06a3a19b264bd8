import { afterEach, describe, expect, test, vi } from 'vitest';
import { readEndpoint } from '../../src/http/endpoint.ts';
import { refusalBy } from '../harness/refusal.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function refusal(value: unknown) {
  return refusalBy(() => readEndpoint('endpoints.pserver', value));
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
    expect(readEndpoint('endpoints.pserver', given).href).toBe(read);
    expect(readEndpoint('endpoints.pserver', new URL(given)).href).toBe(read);
  });

  test('T1 a copy of a URL, so that nobody changes it later', () => {
    const given = new URL('https://bank.example/');

    expect(readEndpoint('endpoints.pserver', given)).not.toBe(given);
  });

  test('T1 a relative address of a page that is itself safe', () => {
    vi.stubGlobal('location', { href: 'https://bank.example/online/' });

    expect(readEndpoint('endpoints.pserver', '/a').href).toBe('https://bank.example/a');
    expect(readEndpoint('endpoints.pserver', 'a').href).toBe('https://bank.example/online/a');
    expect(readEndpoint('endpoints.pserver', '//api.bank.example/a').href).toBe('https://api.bank.example/a');
  });
});

describe('T1 readEndpoint, on the page of an app', () => {
  test.each(['capacitor://localhost', 'ionic://localhost', 'app://bundle', 'tauri://localhost:1430'])(
    'T1 %s, takes an address that is relative to it, or https',
    (origin) => {
      vi.stubGlobal('location', { href: `${origin}/online/index.html` });
      const warn = vi.spyOn(console, 'warn').mockReturnValue();

      expect(readEndpoint('endpoints.pserver', '/a').href).toBe(`${origin}/a`);
      expect(readEndpoint('endpoints.pserver', 'a?x=1').href).toBe(`${origin}/online/a?x=1`);
      expect(readEndpoint('endpoints.pserver', '/a', false).href).toBe(`${origin}/a`);
      expect(readEndpoint('endpoints.pserver', 'https://bank.example/a').href).toBe('https://bank.example/a');
      expect(warn).not.toHaveBeenCalled();
      warn.mockRestore();
    },
  );

  test.each(['capacitor://localhost/a', 'app://bundle/a', '//other/a', 'http://bank.example/a'])(
    'T1 refuses what is neither: %s',
    (given) => {
      vi.stubGlobal('location', { href: 'capacitor://localhost/index.html' });

      expect(refusal(given).code).toBe('INVALID_OPTIONS');
    },
  );

  test('T1 refuses what a <base> leads to another origin', () => {
    vi.stubGlobal('location', { href: 'capacitor://localhost/index.html' });
    vi.stubGlobal('document', { baseURI: 'app://bundle/' });

    expect(refusal('a').details.received).toBe('app://bundle');
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

  test.each(['/api/pserver', 'execute', '?a', 'https://', 'https://exa mple/', 'http://[::1'])(
    'T1 what cannot be read without a page: %s',
    (given) => {
      expect(refusal(given).details.received).toMatch(/no address/);
    },
  );

  test('T1 a relative address of a page that is not safe itself, where allowInsecure is false', () => {
    vi.stubGlobal('location', { href: 'http://intranet.bank.example/online/' });

    const error = refusalBy(() => readEndpoint('endpoints.pserver', '/a', false));
    expect(error.details.option).toBe('endpoints.pserver');
    expect(error.details.received).toBe(
      'http://intranet.bank.example, the origin of this page, and allowInsecure is false',
    );
  });

  test.each([
    'http://intranet.bank.example/a',
    new URL('http://intranet.bank.example/a'),
    '//api.bank.example/a',
    'http:a',
    'http:/a',
  ])('T1 on a page that is not safe itself, what is not relative to it: %s', (given) => {
    vi.stubGlobal('location', { href: 'http://intranet.bank.example/online/' });

    expect(refusal(given).details.received).toMatch(/^http:\/\/(intranet|api)\.bank\.example$/);
  });

  test('T1 on a page that is not safe itself, what a <base> leads to another origin', () => {
    vi.stubGlobal('location', { href: 'http://intranet.bank.example/online/' });
    vi.stubGlobal('document', { baseURI: 'http://static.bank.example/' });

    expect(refusal('a').details.received).toBe('http://static.bank.example');
  });

  test.each(['file:///home/page.html', 'about:blank', 'blob:https://bank.example/0', 'data:text/html,'])(
    'T1 a relative address of a page at %s',
    (href) => {
      vi.stubGlobal('location', { href });

      expect(refusal('/a').code).toBe('INVALID_OPTIONS');
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
      const error = refusal(given);
      expect(`${error.message} ${JSON.stringify(error.details)} ${error.cause}`).not.toContain('secret');
    }
  });
});
