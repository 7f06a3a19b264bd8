import { describe, expect, it } from 'vitest';
import { createWebViewHost, type WebViewHostOptions } from '../../src/webview-host.ts';

const fine: WebViewHostOptions = { transport: { send: () => undefined }, inject: () => undefined };

describe('an option that does not fit', () => {
  const path = "a global name or a path of names, such as 'personetics'";
  const headers = 'an array of names of headers, other than those of tokens and of the connection';
  const origins = "an array of origins as a browser writes them, such as 'https://bank.example'";

  it.each<[string, unknown, string, string]>([
    ['transport', undefined, 'an object with a function send', 'undefined'],
    ['transport', {}, 'an object with a function send', 'object'],
    ['inject', undefined, 'a function that runs a script in the WebView', 'undefined'],
    ['inject', 'alert', 'a function that runs a script in the WebView', 'string'],
    ['timeout', 0, 'a positive number of ms, or false', '0'],
    ['maxPending', 1.5, 'a positive integer', '1.5'],
    ['failureReply', {}, 'a function', 'object'],
    ['signal', {}, 'an AbortSignal', 'object'],
    ['reply', 'xml', "'base64', 'json' or 'object'", 'string'],
    ['reply', () => '', "'base64', 'json' or 'object'", 'function'],
    ['widget', '', path, 'an empty string'],
    ['widget', 'alert(1)', path, 'string'],
    ['widget', 'a.b;c', path, 'string'],
    ['widget', 'a..b', path, 'string'],
    ['widget', 'a.1b', path, 'string'],
    ['widget', 'a\nb', path, 'string'],
    ['widget', 'personetics\n', path, 'string'],
    ['widget', {}, path, 'object'],
    ['pieceSize', 0, 'a positive integer', '0'],
    ['pieceSize', 1.5, 'a positive integer', '1.5'],
    ['pieceSize', Number.NaN, 'a positive integer', 'NaN'],
    ['origins', 'https://bank.example', origins, 'string'],
    ['origins', ['https://bank.example/'], origins, 'object'],
    ['origins', ['bank.example'], origins, 'object'],
    ['origins', ['*'], origins, 'object'],
    ['origins', [7], origins, 'object'],
    ['origins', ['https://WWW.bank.example'], origins, 'object'],
    ['origins', ['https://bücher.example'], origins, 'object'],
    ['origins', ['https://bank.example:443'], origins, 'object'],
    ['origins', ['http://localhost:80'], origins, 'object'],
    ['onNotice', {}, 'a function', 'object'],
    ['widgetHeaders', 'accept', headers, 'string'],
    ['widgetHeaders', ['a b'], headers, 'object'],
    ['widgetHeaders', ['accept', 'AuthToken'], headers, 'string'],
    ['widgetHeaders', ['proxy-authorization'], headers, 'string'],
  ])('is reported by its name: %s, %j', (option, value, expected, received) => {
    expect(() => createWebViewHost({ ...fine, [option]: value })).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTIONS',
        message: `option '${option}': expected ${expected}, got ${received}`,
        details: { option, expected, received },
      }),
    );
  });

  it('is the transport where there are none at all', () => {
    expect(() => createWebViewHost(undefined as unknown as WebViewHostOptions)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ option: 'transport' }) }),
    );
  });
});

it.each([
  {},
  { origins: [] },
  { widgetHeaders: [] },
  { widgetHeaders: ['X-Trace'] },
  {
    origins: [
      'https://bank.example:8443',
      'http://localhost:443',
      'http://[::1]:3000',
      'https://a_b.example',
      'capacitor://localhost',
      'app://Home',
      'file://',
    ],
  },
])('takes options that fit: %j', (options) => {
  expect(() => createWebViewHost({ ...fine, ...options }).dispose()).not.toThrow();
});
