import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BanksideError } from '../../../src/errors.ts';
import { ShownRecording } from '../../../src/inspector/recording/shown-recording.ts';
import type { Recorder } from '../../../src/recording/recorder.ts';
import { FORMAT, VERSION } from '../../../src/recording/recording.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 1, 14, 3, 7), toFake: ['Date', 'performance'] });
  // The clock of events is that of `performance`, whose origin is not faked.
  vi.stubGlobal('performance', undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

interface FakeRecorder extends Recorder {
  bytes: number;
  isCut: boolean;
}

function fakeRecorder(name: string): FakeRecorder {
  return {
    bytes: 0,
    isCut: false,
    recording() {
      return { format: FORMAT, version: VERSION, duration: 1_500, isCut: this.isCut, requests: [] };
    },
    text: () => `${name}\n`,
    stop: vi.fn<() => void>(),
  };
}

function setUp() {
  const recorders = [fakeRecorder('first'), fakeRecorder('second')] as const;
  const given: unknown[] = [];
  const changed = vi.fn<() => void>();
  const shown = new ShownRecording((options) => {
    const recorder = recorders[given.length];
    given.push(options);
    if (!recorder) throw new Error('a secret of the page');
    return recorder;
  }, changed);
  return { shown, recorders, given, changed };
}

describe('the recording that an inspector shows', () => {
  it('is nothing at first', () => {
    const { shown } = setUp();
    expect(shown.state).toBeUndefined();
    expect(shown.isRunning).toBe(false);
    expect(shown.file).toBeUndefined();
    shown.stop('button');
    expect(shown.state).toBeUndefined();
  });

  it('is offered before it begins, and not while it runs', () => {
    const { shown, given } = setUp();
    shown.offer();
    expect(shown.state).toEqual({ state: 'offered' });
    expect(given).toEqual([]);
    shown.press();
    shown.offer();
    expect(shown.isRunning).toBe(true);
  });

  it('has its time and size while it runs', () => {
    const { shown, recorders } = setUp();
    shown.press();
    vi.setSystemTime(Date.now() + 3_000);
    recorders[0].bytes = 42;
    expect(shown.state).toEqual({ state: 'running', duration: 3_000, bytes: 42 });
    expect(shown.file).toBeUndefined();
  });

  it('has a file once it has ended, with the time at which it began in its name', () => {
    const { shown, recorders } = setUp();
    shown.press();
    recorders[0].bytes = 6;
    vi.setSystemTime(Date.now() + 60_000);
    shown.stop('observe');
    expect(recorders[0].stop).toHaveBeenCalledOnce();
    expect(shown.state).toEqual({ state: 'ended', end: 'observe', duration: 1_500, bytes: 6, isCut: false });
    expect(shown.file).toEqual({ name: 'bankside-recording-2026-03-01-140307.json', text: 'first\n' });
  });

  it('says that it is cut', () => {
    const { shown, recorders } = setUp();
    shown.press();
    recorders[0].isCut = true;
    shown.stop('button');
    expect(shown.state).toMatchObject({ isCut: true });
  });

  it('keeps the last file while another is offered, until that begins', () => {
    const { shown } = setUp();
    shown.press();
    shown.stop('button');
    shown.offer();
    expect(shown.file).toMatchObject({ text: 'first\n' });
    shown.press();
    expect(shown.hasFile).toBe(false);
    shown.stop('button');
    expect(shown.file).toMatchObject({ text: 'second\n' });
  });

  it('ends when the next begins, or when its recorder is stopped', () => {
    const { shown, recorders, given } = setUp();
    const first = shown.start({ maxBytes: 7 });
    expect(given).toEqual([{ maxBytes: 7 }]);
    const second = shown.start();
    expect(recorders[0].stop).toHaveBeenCalledOnce();
    first.stop();
    expect(shown.isRunning).toBe(true);
    recorders[1].bytes = 9;
    expect([first.text(), second.text(), second.bytes]).toEqual(['first\n', 'second\n', 9]);
    second.stop();
    second.stop();
    expect(recorders[1].stop).toHaveBeenCalledOnce();
    expect(shown.state).toMatchObject({ state: 'ended', end: 'button' });
    expect(second.recording()).toMatchObject({ duration: 1_500 });
  });

  it('is forgotten when it is closed', () => {
    const { shown, recorders, changed } = setUp();
    shown.press();
    changed.mockClear();
    shown.close();
    expect(recorders[0].stop).toHaveBeenCalledOnce();
    expect(shown.state).toBeUndefined();
    expect(shown.file).toBeUndefined();
    expect(changed).toHaveBeenCalled();
  });

  it('S5 goes on if the next cannot begin', () => {
    const { shown, recorders } = setUp();
    shown.start();
    shown.start();
    expect(() => shown.start()).toThrow('a secret of the page');
    expect(recorders[1].stop).not.toHaveBeenCalled();
    expect(shown.isRunning).toBe(true);
  });

  it('S5 shows why the button could not start it, without the message of a foreign error', () => {
    let error: unknown = new BanksideError('INVALID_CALL', "call 'record': no bridge", {
      call: 'record',
      expected: 'a bridge',
      received: 'undefined',
    });
    const shown = new ShownRecording(
      () => {
        throw error;
      },
      () => {},
    );
    shown.press();
    expect(shown.state).toEqual({ state: 'failed', why: "call 'record': no bridge" });
    error = new Error('hush');
    shown.press();
    expect(shown.state).toEqual({ state: 'failed', why: 'The recording could not start.' });
  });
});
