import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setupServer } from 'msw/node';
import { expect, it } from 'vitest';
import { httpTransport, WidgetBridge } from '../../src/index.ts';
import { record } from '../../src/recording.ts';
import { createSandbox, type PlayedRequest, type UnmatchedRequest } from '../../src/testing/index.ts';
import { codeUnder } from './fixtures/pages.ts';
import { snippetTests } from './fixtures/snippet-tests.ts';

const stage = snippetTests();

type OutcomesOf = (recording: string) => Promise<{
  readonly outcomes: readonly PlayedRequest[];
  readonly unmatched: readonly UnmatchedRequest[];
}>;

/** Records three requests, of which one fails, and saves the file. */
async function savedRecording(): Promise<string> {
  const sandbox = createSandbox({ faults: [{ kind: 'error', status: 418, type: 'getInsights' }] });
  const live = setupServer(...sandbox.handlers);
  live.listen();
  const endpoints = { pserver: 'https://api.bank.example/pserver/execute' };
  const bridge = new WidgetBridge({
    transport: httpTransport({ endpoints, authToken: () => sandbox.issueToken() }),
  });
  const recorder = record(bridge);
  for (const type of ['getNumberOfInsights', 'getInsights', 'getInsights'])
    await bridge.send('pserver', { type }).catch(() => {});
  recorder.stop();
  bridge.dispose();
  live.close();
  const file = join(tmpdir(), `bankside-recording-${process.pid}.json`);
  await writeFile(file, recorder.text());
  return file;
}

it('S5: the shown test replays a saved recording', async () => {
  stage.server.close();
  const file = await savedRecording();
  const { outcomesOf } = await stage.run(codeUnder('docs/recordings.md', 'Replay in a test'));
  const { outcomes, unmatched } = await (outcomesOf as OutcomesOf)(await readFile(file, 'utf8'));
  expect(outcomes).toMatchObject([
    { isSent: true, reply: { ok: true } },
    { isSent: true, error: { code: 'HTTP', details: { status: 418 } } },
    { isSent: true, reply: { ok: true } },
  ]);
  expect(unmatched).toEqual([]);
});
