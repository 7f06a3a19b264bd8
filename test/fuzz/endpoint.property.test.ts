import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEndpoint } from '../../src/http/endpoint.ts';
import { expectCleanPrototypes, expectDiscreet, json, SECRET, text } from './fixtures/hostile.ts';

const address = fc.oneof(
  fc.webUrl({ validSchemes: ['https', 'http', 'ftp', 'javascript'], withQueryParameters: true }),
  fc
    .tuple(fc.constantFrom('https://', 'http://', 'http://127.0.0.1', '//', 'data:', ''), text)
    .map((parts) => parts.join('')),
  text.map((part) => `https://${part}:${SECRET}@bank.example/?token=${SECRET}`),
);

it('T1 S4 addresses: an accepted one is https or loopback and has no password, and errors show no secret', () => {
  fc.assert(
    fc.property(address, (given) => {
      try {
        const url = readEndpoint('endpoints.pserver', given)();
        const isHere = /^(.+\.)?localhost$|^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(url.hostname);
        expect(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)).toBe(true);
        expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
      } catch (error) {
        expectDiscreetAddress(error, given);
      }
    }),
  );
});

/** An error names scheme and host: a secret that stands in place of the host is sent to DNS anyway. */
function expectDiscreetAddress(error: unknown, given: string): void {
  let host = '';
  try {
    host = new URL(given).hostname;
  } catch {}
  if (!host.includes(SECRET.toLowerCase())) expectDiscreet(error);
}

it('T1 S4 a string that is no address is an error that quotes nothing of it', () => {
  fc.assert(
    fc.property(json, (value) => {
      if (typeof value === 'string') return;
      expect(() => readEndpoint('baseUrl', value)).toThrow();
      try {
        readEndpoint('baseUrl', value);
      } catch (error) {
        expectDiscreet(error);
      }
      expectCleanPrototypes();
    }),
  );
});
