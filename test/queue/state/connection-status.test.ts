import { describe, expect, it } from 'vitest';
import { connectionStatusOf } from '../../../src/queue/state/connection-status.ts';

/** One letter for each status of a channel: R runs, S success, P partial, A needs the user, C closed, E empty, U unknown. */
const STATUSES: Readonly<Record<string, string>> = {
  R: 'RUNNING',
  S: 'SUCCESS',
  P: 'PARTIAL_SUCCESS',
  A: 'AUTH_FAILED',
  C: 'CLOSED',
  E: 'EMPTY',
  U: 'BROKEN_SOMEHOW',
};
const LETTERS = Object.keys(STATUSES);

/** What the vendor's rules say of each combination, in any order. `-`: nothing, so that the connection itself decides. */
const BY_THE_RULES: Readonly<Record<string, string>> = {
  RR: 'RUNNING',
  RS: 'RUNNING',
  RP: 'RUNNING',
  RA: 'RUNNING',
  RC: 'RUNNING',
  RE: 'RUNNING',
  RU: 'RUNNING',
  SS: 'SUCCESS',
  SP: 'PARTIAL_SUCCESS',
  SA: 'FAILED',
  SC: 'SUCCESS',
  SE: 'SUCCESS',
  SU: '-',
  PP: 'PARTIAL_SUCCESS',
  PA: 'FAILED',
  PC: 'PARTIAL_SUCCESS',
  PE: 'PARTIAL_SUCCESS',
  PU: '-',
  AA: 'FAILED',
  AC: 'FAILED',
  AE: 'FAILED',
  AU: 'FAILED',
  CC: 'CLOSED',
  CE: 'CLOSED',
  CU: '-',
  EE: '-',
  EU: '-',
  UU: '-',
  RRR: 'RUNNING',
  RRS: 'RUNNING',
  RRP: 'RUNNING',
  RRA: 'RUNNING',
  RRC: 'RUNNING',
  RRE: 'RUNNING',
  RRU: 'RUNNING',
  RSS: 'RUNNING',
  RSP: 'RUNNING',
  RSA: 'RUNNING',
  RSC: 'RUNNING',
  RSE: 'RUNNING',
  RSU: 'RUNNING',
  RPP: 'RUNNING',
  RPA: 'RUNNING',
  RPC: 'RUNNING',
  RPE: 'RUNNING',
  RPU: 'RUNNING',
  RAA: 'RUNNING',
  RAC: 'RUNNING',
  RAE: 'RUNNING',
  RAU: 'RUNNING',
  RCC: 'RUNNING',
  RCE: 'RUNNING',
  RCU: 'RUNNING',
  REE: 'RUNNING',
  REU: 'RUNNING',
  RUU: 'RUNNING',
  SSS: 'SUCCESS',
  SSP: 'PARTIAL_SUCCESS',
  SSA: 'FAILED',
  SSC: 'SUCCESS',
  SSE: 'SUCCESS',
  SSU: '-',
  SPP: 'PARTIAL_SUCCESS',
  SPA: 'FAILED',
  SPC: 'PARTIAL_SUCCESS',
  SPE: 'PARTIAL_SUCCESS',
  SPU: '-',
  SAA: 'FAILED',
  SAC: 'FAILED',
  SAE: 'FAILED',
  SAU: 'FAILED',
  SCC: 'SUCCESS',
  SCE: 'SUCCESS',
  SCU: '-',
  SEE: 'SUCCESS',
  SEU: '-',
  SUU: '-',
  PPP: 'PARTIAL_SUCCESS',
  PPA: 'FAILED',
  PPC: 'PARTIAL_SUCCESS',
  PPE: 'PARTIAL_SUCCESS',
  PPU: '-',
  PAA: 'FAILED',
  PAC: 'FAILED',
  PAE: 'FAILED',
  PAU: 'FAILED',
  PCC: 'PARTIAL_SUCCESS',
  PCE: 'PARTIAL_SUCCESS',
  PCU: '-',
  PEE: 'PARTIAL_SUCCESS',
  PEU: '-',
  PUU: '-',
  AAA: 'FAILED',
  AAC: 'FAILED',
  AAE: 'FAILED',
  AAU: 'FAILED',
  ACC: 'FAILED',
  ACE: 'FAILED',
  ACU: 'FAILED',
  AEE: 'FAILED',
  AEU: 'FAILED',
  AUU: 'FAILED',
  CCC: 'CLOSED',
  CCE: 'CLOSED',
  CCU: '-',
  CEE: 'CLOSED',
  CEU: '-',
  CUU: '-',
  EEE: '-',
  EEU: '-',
  EUU: '-',
  UUU: '-',
};

const COMBINATIONS = Object.keys(BY_THE_RULES);

/** The letters in each order. */
function orders(letters: string): string[] {
  if (letters.length < 2) return [letters];
  return [...letters].flatMap((first, at) =>
    orders(letters.slice(0, at) + letters.slice(at + 1)).map((rest) => first + rest),
  );
}

/** The statuses of the connection, whatever the order of its channels. */
function statusesOf(letters: string, declared?: string): (string | undefined)[] {
  const found = orders(letters).map((order) => {
    const channels = [...order].map((letter) => STATUSES[letter] ?? letter);
    return connectionStatusOf(channels, declared);
  });
  return [...new Set(found)];
}

function byTheRules(letters: string): string | undefined {
  const rule = BY_THE_RULES[letters];
  return rule === '-' ? undefined : rule;
}

describe('Q3 the status of a connection by the vendor’s rules', () => {
  it.each(COMBINATIONS)('of two or three channels in any order: %s', (letters) => {
    expect(statusesOf(letters)).toEqual([byTheRules(letters)]);
  });

  it('the table has each combination once', () => {
    const pairs = LETTERS.flatMap((one, at) => LETTERS.slice(at).map((other) => one + other));
    const triples = pairs.flatMap((pair) =>
      LETTERS.slice(LETTERS.indexOf(pair[1] ?? '')).map((third) => pair + third),
    );
    expect(COMBINATIONS).toEqual([...pairs, ...triples]);
  });

  it.each(LETTERS)('of one channel, it is as of two of that kind: %s', (letter) => {
    expect(statusesOf(letter)).toEqual(statusesOf(letter + letter));
  });

  it.each(['TOKEN_EXPIRED', 'PASSWORD_CHANGE_REQUIRED', 'USER_ACTION_REQUIRED', 'CHALLENGE_REQUIRED'])(
    'a channel with %s needs the user too',
    (action) => {
      expect(connectionStatusOf(['SUCCESS', action], undefined)).toBe('FAILED');
      expect(connectionStatusOf(['RUNNING', action], undefined)).toBe('RUNNING');
    },
  );
});

describe('Q3 what the connection says of itself', () => {
  it.each(COMBINATIONS)('RUNNING counts, unless all channels have ended: %s', (letters) => {
    const haveEnded = /^[SPAC]*$/.test(letters);
    expect(statusesOf(letters, 'RUNNING')).toEqual([haveEnded ? byTheRules(letters) : 'RUNNING']);
  });

  it.each(COMBINATIONS.filter((letters) => byTheRules(letters) === undefined))(
    'decides where the rules do not: %s',
    (letters) => {
      for (const declared of ['SUCCESS', 'FAILED', 'CLOSED', 'NEW_ONE'])
        expect(statusesOf(letters, declared)).toEqual([declared]);
    },
  );

  it.each(['SR', 'SA', 'SP', 'AU', 'RU'])(
    'does not change the rule where a channel decides: %s',
    (letters) => {
      for (const declared of ['SUCCESS', 'CLOSED', 'NEW_ONE'])
        expect(statusesOf(letters, declared)).toEqual(statusesOf(letters));
    },
  );

  it.each(['NONE', 'SUCCESS', 'NEW_ONE'])('does not replace the success of all channels: %s', (declared) => {
    expect(statusesOf('SS', declared)).toEqual(['SUCCESS']);
    expect(statusesOf('SE', declared)).toEqual(['SUCCESS']);
  });

  it('can be less than the channels show: their accounts are closed, or not all has succeeded', () => {
    expect(statusesOf('SS', 'PARTIAL_SUCCESS')).toEqual(['PARTIAL_SUCCESS']);
    expect(statusesOf('SE', 'FAILED')).toEqual(['FAILED']);
    expect(statusesOf('SC', 'PARTIAL_SUCCESS')).toEqual(['PARTIAL_SUCCESS']);
    expect(statusesOf('CC', 'SUCCESS')).toEqual(['SUCCESS']); // its accounts are not closed
  });

  it('decides alone without channels', () => {
    expect(statusesOf('', 'NONE')).toEqual(['NONE']);
    expect(statusesOf('', 'RUNNING')).toEqual(['RUNNING']);
    expect(statusesOf('')).toEqual([undefined]);
  });
});
