import { describe, expect, it, vi } from 'vitest';
import { type NativeTransportOptions, nativeTransport } from '../../../src/index.ts';
import { expectNamed, refusalBy } from '../../harness/refusal.ts';

const SHELL = { bridge: 'mine', isThere: () => true, postRequest: vi.fn(), postNotice: vi.fn() };

/** It has members of its own. */
class OwnShell {
  bridge = 'mine';
  posted = 0;
  isThere = () => true;
  postRequest = vi.fn();
  postNotice = vi.fn();
}

describe('an option that does not fit is named, with what was expected and what came', () => {
  it.each<[string, unknown, string, RegExp, RegExp]>([
    ['an unknown shell', { shell: 'windows-hush' }, 'shell', /'ios'.*NativeShell/, /string/],
    ['a shell by its prototype', { shell: 'constructor' }, 'shell', /'ios'/, /string/],
    ['an empty name', { shell: '' }, 'shell', /'ios'/, /empty/],
    ['null as shell', { shell: null }, 'shell', /'ios'/, /null/],
    ['a number as shell', { shell: 1 }, 'shell', /'ios'/, /1/],
    ['a shell without its name', { shell: { ...SHELL, bridge: '' } }, 'shell', /NativeShell/, /object/],
    ['a shell without isThere', { shell: { ...SHELL, isThere: true } }, 'shell', /NativeShell/, /object/],
    [
      'a shell without postRequest',
      { shell: { ...SHELL, postRequest: null } },
      'shell',
      /NativeShell/,
      /object/,
    ],
    ['a shell without postNotice', { shell: { ...SHELL, postNotice: 1 } }, 'shell', /NativeShell/, /object/],
    ['takes that is no function', { shell: { ...SHELL, takes: [] } }, 'shell', /NativeShell/, /object/],
    [
      'a shell that takes turns, perhaps',
      { shell: { ...SHELL, oneAtATime: 'yes' } },
      'shell',
      /NativeShell/,
      /object/,
    ],
    [
      'a slip in a shell',
      { shell: { ...SHELL, oneAtatime: true } },
      'shell.oneAtatime',
      /^'oneAtATime'$/,
      /unknown name/,
    ],
    ['another', { shell: { ...SHELL, takez: () => true } }, 'shell.takez', /^'takes'$/, /unknown name/],
    ['an empty channel', { channel: '' }, 'channel', /a name/, /empty/],
    ['a number as channel', { channel: 7 }, 'channel', /{ body, id, navigate }/, /7/],
    ['two channels for another shell', { shell: 'ios', channel: {} }, 'channel', /Flutter/, /object/],
    ['an empty name for bodies', { channel: { body: '' } }, 'channel.body', /a name/, /empty/],
    ['null for bodies', { channel: { body: null } }, 'channel.body', /a name/, /null/],
    ['a number for ids', { channel: { id: 1 } }, 'channel.id', /another name/, /1/],
    ['one name for both', { channel: { body: 'x', id: 'x' } }, 'channel.id', /another name/, /string/],
    ['true for navigation', { channel: { navigate: true } }, 'channel.navigate', /or false/, /true/],
    [
      'the name of the bodies for navigation',
      { channel: { navigate: 'PassInsightInfo' } },
      'channel.navigate',
      /a name that no other channel has/,
      /string/,
    ],
    ['null as channel', { channel: null }, 'channel', /a name/, /null/],
    ['a channel for another shell', { shell: 'ios', channel: 'hush' }, 'channel', /Flutter/, /string/],
    ['a channel for one’s own shell', { shell: SHELL, channel: 'hush' }, 'channel', /Flutter/, /string/],
    ['a negative time', { readyTimeout: -1 }, 'readyTimeout', /ms, 0 or more/, /-1/],
    ['an endless time', { readyTimeout: Infinity }, 'readyTimeout', /ms/, /Infinity/],
    ['a time that is none', { readyTimeout: '5000' }, 'readyTimeout', /ms/, /string/],
    ['null as time', { readyTimeout: null }, 'readyTimeout', /ms/, /null/],
    ['a signal that is none', { signal: new AbortController() }, 'signal', /an AbortSignal/, /object/],
  ])('%s', (_what, options, option, expected, received) => {
    const error = refusalBy(() => nativeTransport(options as NativeTransportOptions));

    expectNamed(error, option, expected, received);
  });

  it('all others are accepted', () => {
    const { signal } = new AbortController();
    for (const options of [
      undefined,
      null,
      {},
      { shell: undefined, channel: undefined, readyTimeout: undefined, signal: undefined },
      { shell: 'flutter', channel: 'bank', readyTimeout: 0, signal },
      { channel: 'bank' },
      { channel: {} },
      { shell: 'flutter', channel: { body: 'b', id: 'i', navigate: 'n' } },
      { channel: { body: undefined, id: undefined, navigate: undefined } },
      { channel: { navigate: false } },
      { shell: { ...SHELL, oneAtATime: true } },
      { shell: new OwnShell() },
      { shell: { ...SHELL, takes: undefined } },
    ]) {
      expect(() => nativeTransport(options as NativeTransportOptions).dispose()).not.toThrow();
    }
  });
});
