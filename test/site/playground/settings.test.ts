import { describe, expect, it } from 'vitest';
import { DEFAULTS, readSettings } from '../../../site/playground/read-settings.ts';
import type { Settings } from '../../../site/playground/settings.ts';
import { writeSettings } from '../../../site/playground/write-settings.ts';
import type { Fault } from '../../../src/testing/index.ts';

const leftOutOf = (search: string) => readSettings(search).leftOut;

describe('the address', () => {
  it('leaves out what has its default', () => {
    expect(writeSettings(DEFAULTS)).toBe('');
    expect(readSettings('')).toEqual({ settings: DEFAULTS, leftOut: [] });
    expect(writeSettings({ ...DEFAULTS, timeout: 2_000 })).toBe('timeout=2000');
  });

  it('can be read by a person', () => {
    const some: Settings = {
      ...DEFAULTS,
      shownIn: 'ios',
      widget: 'c',
      faults: [{ kind: 'slow', ms: 3_000, server: 'enrich' }, { kind: 'stale-token' }],
      synchronisation: 'sms-challenge',
      seed: 7,
    };
    expect(writeSettings(some)).toBe(
      'in=ios&widget=c&sync=sms-challenge&seed=7&fault=slow,ms=3000,server=enrich&fault=stale-token',
    );
  });

  it('keeps a type of digits as a string, and one with the signs of the notation', () => {
    const faults: readonly Fault[] = ['7', 'a,b=c', '%2C', '100 %', '+'].map((type) => ({
      kind: 'never',
      type,
    }));
    expect(readSettings(writeSettings({ ...DEFAULTS, faults })).settings.faults).toEqual(faults);
  });

  it('has no field that is undefined', () => {
    const faults = [{ kind: 'slow', ms: undefined } as unknown as Fault];
    expect(writeSettings({ ...DEFAULTS, faults })).toBe('fault=slow');
  });

  it('can be written with half a character in a type', () => {
    const faults: readonly Fault[] = [{ kind: 'never', type: 'a\ud800' }];
    expect(readSettings(writeSettings({ ...DEFAULTS, faults })).settings.faults).toEqual([
      { kind: 'never', type: 'a\ufffd' },
    ]);
  });
});

describe('a link that nobody has written by the rules', () => {
  it.each([
    ['?colour=red', 'colour (not a setting)'],
    ['?timout=5', 'timout (did you mean timeout?)'],
    ['?in=iso', 'in=iso (did you mean ios?)'],
    ['?in=', 'in= (not a choice)'],
    ['?widget=z9y8', 'widget=z9y8 (not a choice)'],
    ['?timeout=soon', 'timeout=soon (not a whole number from 1 to 600000)'],
    ['?timeout=1.5', 'timeout=1.5 (not a whole number from 1 to 600000)'],
    ['?timeout=0', 'timeout=0 (not a whole number from 1 to 600000)'],
    ['?seed=-1', 'seed=-1 (not a whole number from 0 to 1000000000)'],
    ['?speed=Infinity', 'speed=Infinity (not a number from 0.1 to 1000)'],
    ['?fault=slwo', 'fault=slwo (did you mean slow?)'],
    ['?fault=', 'fault= (not a fault)'],
    ['?fault=toString', 'fault=toString (not a fault)'],
    [
      '?fault=slow,ms=-1',
      'fault=slow,ms=-1 (A fault\'s "ms" must be a whole number from 0 to 600000, not -1)',
    ],
    ['?fault=slow,mss=1', 'fault=slow,mss=1 (A fault\'s "mss" is not known. Did you mean "ms"?)'],
    ['?toString=1', 'toString (not a setting)'],
    ['?<img src=x>=1', '<img src (not a setting)'],
    ['?a%0Ab%E2%80%AE=1', 'a\ufffdb\ufffd (not a setting)'],
  ])('of %s says what was left out', (search, words) => {
    expect(readSettings(search)).toEqual({ settings: DEFAULTS, leftOut: [words] });
  });

  it('keeps what is valid, in any order', () => {
    expect(readSettings('?colour=red&in=iso&seed=7&fault=x&fault=gone')).toEqual({
      settings: { ...DEFAULTS, seed: 7, faults: [{ kind: 'gone' }] },
      leftOut: ['colour (not a setting)', 'in=iso (did you mean ios?)', 'fault=x (not a fault)'],
    });
  });

  it('has the first of two values', () => {
    const { settings: read, leftOut } = readSettings('?in=ios&in=android');
    expect(read.shownIn).toBe('ios');
    expect(leftOut).toEqual(['in=android (given twice)']);
  });

  it('has fifty faults at most', () => {
    const { settings: read, leftOut } = readSettings(`?${'fault=slow&'.repeat(51)}`);
    expect(read.faults).toHaveLength(50);
    expect(leftOut).toEqual(['fault=slow (more than 50 faults)']);
  });

  it('counts what it does not name', () => {
    const search = Array.from({ length: 8 }, (_, index) => `zz${index}=1`).join('&');
    expect(leftOutOf(search)).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => `zz${index} (not a setting)`),
      '3 more',
    ]);
  });
});
