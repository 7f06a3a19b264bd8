import { describe, expect, it } from 'vitest';
import { BanksideError } from '../../src/errors.ts';
import { passingHeaders, readWidgetHeaders, wellFormedHeaders } from '../../src/http/widget-headers.ts';

const byDefault = readWidgetHeaders();

describe('T1 the option widgetHeaders', () => {
  it('names four headers by default', () => {
    expect([...byDefault]).toEqual(['accept', 'accept-language', 'content-language', 'content-type']);
  });

  it('accepts names in any case, or an empty list', () => {
    expect([...readWidgetHeaders(['X-Brand', 'x-brand', 'ACCEPT'])]).toEqual(['x-brand', 'accept']);
    expect([...readWidgetHeaders([])]).toEqual([]);
  });

  it.each([
    'authToken',
    'Authorization',
    'cookie',
    'Host',
    'Transfer-Encoding',
    'proxy-authorization',
    'Connection',
    '',
    'x y',
    'x:',
    'x\n',
    'х-brand', // Cyrillic
  ])('refuses %j, by the name of the option', (name) => {
    const read = () => readWidgetHeaders(['accept', name]);
    expect(read).toThrow(BanksideError);
    expect(read).toThrow(/option 'widgetHeaders': expected an array of names of headers/);
  });

  it.each([['accept' as never], [[1] as never], [null as never], [new Set(['accept']) as never]])(
    'refuses %j',
    (given) => {
      expect(() => readWidgetHeaders(given)).toThrow(/option 'widgetHeaders'/);
    },
  );
});

describe('T1 headers of the widget’s', () => {
  it.each([
    'x-forwarded-user',
    'x-original-url',
    'x-http-method-override',
    'proxy-authorization',
    'transfer-encoding',
    'authToken',
    'authorization',
    'Cookie',
    'host',
    'x-anything',
    'ассept', // Cyrillic
    'accept ',
    ' accept',
    'accept\r\nx-user',
    'accept\u0000',
    '__proto__',
  ])('do not pass where no option names them: %j', (name) => {
    const headers = Object.fromEntries([
      ['Accept', 'a/b'],
      [name, 'v'],
    ]);
    expect(passingHeaders(headers, byDefault)).toEqual({ passed: { Accept: 'a/b' }, dropped: [name] });
  });

  it.each(['a\r\nx-user: b', 'a\nb', 'a\u0000', 'é', '日本', ' a', 'a ', `a${'b'.repeat(9_000)}`])(
    'do not pass with a value that is malformed: %j',
    (value) => {
      expect(passingHeaders({ accept: value }, byDefault)).toEqual({ passed: {}, dropped: ['accept'] });
      expect(wellFormedHeaders({ 'x-any': value })).toEqual({ passed: {}, dropped: ['x-any'] });
    },
  );

  it('pass as they are written, in any case, where they are named', () => {
    const headers = { 'X-Brand': 'green', 'Content-Type': 'application/json; charset=UTF-8', accept: '' };
    expect(passingHeaders(headers, readWidgetHeaders(['x-brand', 'content-type', 'accept']))).toEqual({
      passed: headers,
      dropped: [],
    });
  });

  it('are well-formed with any name that HTTP allows', () => {
    const headers = { 'x-forwarded-user': 'v', "!#$%&'*+.^_`|~0aZ-": 'v w\tx' };
    expect(wellFormedHeaders(headers)).toEqual({ passed: headers, dropped: [] });
  });
});
