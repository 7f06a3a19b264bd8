import { describe, expect, it } from 'vitest';
import { readFlags } from '../../../src/cli/sandbox/read-flags.ts';
import { fileWith } from './fixtures/file-with.ts';

describe('flags', () => {
  it('are all optional', () => {
    expect(readFlags([])).toEqual({
      kind: 'serve',
      isJson: false,
      options: { cors: true, sandbox: { faults: [] }, synchronisations: [] },
    });
  });

  it('set the port and the sandbox', async () => {
    const file = await fileWith('[{ "name": "A" }, { "steps": [] }]');
    const flags = '--port 8080 --host ::1 --seed=-7 --latency 50-200 --no-cors --sync success,speed=2.5';
    expect(
      readFlags([...flags.split(' '), '--sync', 'random,name=0123,connectionId=7', '--script', file]),
    ).toEqual({
      kind: 'serve',
      isJson: false,
      options: {
        port: 8080,
        strictPort: true,
        host: '::1',
        cors: false,
        sandbox: { seed: -7, latency: [50, 200], faults: [] },
        synchronisations: [
          { scenario: 'success', speed: 2.5 },
          { random: true, name: '0123', connectionId: '7' },
          { name: 'A' },
          { steps: [] },
        ],
      },
    });
  });

  it('name faults by server, type, count and probability', () => {
    const faults = [
      'error,status=503,server=enrich,count=2',
      'network,type=getInsights,probability=0.1',
      'never',
    ];
    expect(readFlags(faults.flatMap((fault) => ['--fault', fault]))).toMatchObject({
      options: {
        sandbox: {
          faults: [
            { kind: 'error', status: 503, server: 'enrich', count: 2 },
            { kind: 'network', type: 'getInsights', probability: 0.1 },
            { kind: 'never' },
          ],
        },
      },
    });
  });

  it.each([
    ['--latency 80', { latency: [80, 80] }],
    ['--latency 0-5', { latency: [0, 5] }],
    ['--seed 1.5', { seed: 1.5 }],
  ])('%s', (flags, sandbox) => {
    expect(readFlags(flags.split(' '))).toMatchObject({ options: { sandbox } });
  });

  it('set allowed hosts', () => {
    expect(readFlags(['--allowed-host', 'dev.bank.example', '--allowed-host', 'b.example:81'])).toMatchObject(
      {
        options: { allowedHosts: ['dev.bank.example', 'b.example:81'] },
      },
    );
  });
});

describe('--replay', () => {
  it('S5: reads a recording', async () => {
    const recording = { format: 'bankside recording', version: 1, duration: 1, isCut: false, requests: [] };
    const task = readFlags(['--replay', await fileWith(JSON.stringify(recording))]);
    expect(task).toMatchObject({ options: { sandbox: { replay: recording } } });
  });

  it('S5: refuses another file in one line that names the flag', async () => {
    const file = await fileWith('{"format":');
    expect(() => readFlags(['--replay', file])).toThrow(/^--replay .*it is not JSON, or it is cut off.*$/);
    expect(() => readFlags(['--replay', 'no-such-file'])).toThrow('the file cannot be read');
  });
});
