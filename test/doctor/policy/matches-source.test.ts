import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesSources } from '../../../src/doctor/policy/matches-source.ts';

const PAGE = 'https://www.bank.example/accounts';

function allows(source: string, address: string, page = PAGE): boolean {
  return matchesSources(source.split(' '), new URL(address), new URL(page));
}

// In test/pages/policy, the engines themselves are asked. Here is what needs https, or a port that a test cannot have.
describe('a source of a policy', () => {
  it.each([
    ["'self'", 'https://www.bank.example/api'],
    ['*', 'https://gateway.bank.example/'],
    ['https:', 'https://gateway.bank.example:8443/'],
    ['http:', 'https://gateway.bank.example/'],
    ['gateway.bank.example', 'https://gateway.bank.example/pserver'],
    ['GATEWAY.bank.example:443', 'https://gateway.bank.example/'],
    ['https://gateway.bank.example:08443', 'https://gateway.bank.example:8443/'],
    ['http://gateway.bank.example', 'https://gateway.bank.example/'],
    ['http://gateway.bank.example:80', 'https://gateway.bank.example/'],
    ['http://gateway.bank.example:*', 'https://gateway.bank.example:8443/'],
    ['*.bank.example', 'https://eu.gateway.bank.example/'],
    ['https://*.bank.example:*', 'https://gateway.bank.example:8443/'],
    ['https://gateway.bank.example/linxo/', 'https://gateway.bank.example/linxo/queues/subscribe'],
    ['https://gateway.bank.example/pserver', 'https://gateway.bank.example/pserver?trace=1'],
    ["'none' https://gateway.bank.example", 'https://gateway.bank.example/'],
  ])('%s allows %s', (source, address) => {
    expect(allows(source, address)).toBe(true);
  });

  it.each([
    ["'self'", 'https://bank.example/'],
    ["'self'", 'https://www.bank.example:8443/'],
    ["'self'", 'http://www.bank.example/'],
    ["'none'", 'https://www.bank.example/'],
    ['*.bank.example', 'https://bank.example/'],
    ['*.bank.example', 'https://otherbank.example/'],
    ['bank.example', 'https://gateway.bank.example/'],
    ['https://gateway.bank.example', 'https://gateway.bank.example:8443/'],
    ['http://gateway.bank.example:8443', 'https://gateway.bank.example:8443/'],
    ['https://gateway.bank.example:80', 'https://gateway.bank.example/'],
    ['gateway.bank.example', 'http://gateway.bank.example/'],
    ['https:', 'http://127.0.0.1:8080/'],
    ['wss://gateway.bank.example', 'https://gateway.bank.example/'],
    ['https://gateway.bank.example/linxo', 'https://gateway.bank.example/linxo/queues/subscribe'],
    ['https://gateway.bank.example/linxo/', 'https://gateway.bank.example/linxo'],
    ['https://gateway.bank.example/linxo/', 'https://gateway.bank.example/Linxo/queues/subscribe'],
    ['https://gateway.bank.example.', 'https://gateway.bank.example/'],
    ["'nonce-abc'", 'https://gateway.bank.example/'],
    ['gateway.bank.example,', 'https://gateway.bank.example/'],
    ['https://gateway_1.bank.example', 'https://gateway_1.bank.example/'],
  ])('%s does not allow %s', (source, address) => {
    expect(allows(source, address)).toBe(false);
  });

  it("of a page over plain http, 'self' allows https of the same host", () => {
    expect(allows("'self'", 'https://www.bank.example/', 'http://www.bank.example/')).toBe(true);
    expect(allows("'self'", 'https://www.bank.example:8443/', 'http://www.bank.example:8443/')).toBe(true);
    expect(allows("'self'", 'https://bank.example/', 'http://www.bank.example/')).toBe(false);
  });

  it('that is its own origin allows an address, with any path', () => {
    const anyUrl = fc.webUrl({ validSchemes: ['https'] }).map((address) => new URL(address));
    fc.assert(
      fc.property(anyUrl, ({ href, origin, host }) => {
        const isUnusual = host.includes('_') || host.includes('[');
        expect(allows(origin, href)).toBe(!isUnusual);
        expect(allows(`'none' ${origin}/`, href)).toBe(!isUnusual);
      }),
    );
  });

  it('is read in linear time, whatever it is', () => {
    const long = 100_000;
    for (const piece of ['a', '.', 'a.', '-', '*.', '/', '%', '%4', 'a:', '+', '?', '9']) {
      for (const [before, after] of [
        ['', ''],
        ['https://', '!'],
        ['https://a', ':'],
        ['https://a/', '\u00e9'],
      ] as const)
        expect(allows(`${before}${piece.repeat(long)}${after}`, 'https://b.example/')).toBe(false);
    }
  }, 10_000);
});
