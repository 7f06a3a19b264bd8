import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asBase64, asJson, isBanksideError, WidgetBridge } from '../../src/index.ts';
import { createTestTransport } from '../../src/testing/index.ts';
import { EventLog } from '../bridge/fixtures/event-log.ts';
import {
  Anything,
  answerText,
  anything,
  expectCleanPrototypes,
  expectDiscreet,
  json,
} from './fixtures/hostile.ts';

/** The outcomes of a reply. */
async function outcomeOf(reply: unknown, isFromPage = false): Promise<unknown> {
  const transport = createTestTransport();
  const bridge = new WidgetBridge({ transport, timeout: false });
  const log = new EventLog(bridge);
  const asked = bridge.send('pserver', { type: 'getInsights' });
  const { requestId } = transport.last.request;
  if (isFromPage) expect(bridge.handlePServerResponse(reply, requestId)).toBe(true);
  else transport.last.answer(reply);
  const outcome = await asked.catch((error: unknown) => error);
  expect(bridge.handlePServerResponse(reply, requestId), 'the reply, a second time').toBe(false);
  expect(log.types).toEqual(['request', expect.stringMatching(/^(reply|failure)$/), 'orphan']);
  expect(bridge.getSnapshot().pending).toEqual([]);
  bridge.dispose();
  expectCleanPrototypes();
  return outcome;
}

it('B1 B11 S4 replies: whatever comes, one outcome, a reply or an error that quotes nothing of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, answerText), fc.boolean(), async (any, isFromPage) => {
      const given = any instanceof Anything ? any.value : any;
      // `undefined` from a transport: `handlePServerResponse` will get the reply.
      const outcome = await outcomeOf(given, isFromPage || given === undefined);
      expect(outcome ?? undefined).toBeDefined();
      if (!isBanksideError(outcome)) return;
      // A promise cannot resolve with a value whose `then` throws.
      expect(outcome.code === 'INVALID_RESPONSE' || (outcome.code === 'NETWORK' && !isFromPage)).toBe(true);
      expectDiscreet(outcome);
    }),
  );
});

const object = json.filter((value) => typeof value === 'object' && value !== null);

it('B11 S4 what is JSON text of an object arrives as JSON.parse reads it', async () => {
  await fc.assert(
    fc.asyncProperty(object, fc.nat(3), async (value, indent) => {
      const written = JSON.stringify(value, undefined, indent);
      expect(JSON.stringify(await outcomeOf(` ${written}\n`))).toBe(JSON.stringify(JSON.parse(written)));
    }),
  );
});

it('B11 S4 Base64 in either alphabet, with line ends and without padding, arrives byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(object, fc.boolean(), fc.boolean(), fc.nat(76), async (value, isUrl, isBare, width) => {
      expect(JSON.parse(atob(asBase64(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      let written = Buffer.from(JSON.stringify(value)).toString('base64');
      if (isUrl) written = written.replace(/\+/g, '-').replace(/\//g, '_');
      if (isBare) written = written.replace(/=+$/, '');
      if (width) written = written.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
      expect(asJson(await outcomeOf(written))).toBe(JSON.stringify(value));
    }),
  );
});

it('B11 S4 Base64 with one character replaced: an object, or an error', async () => {
  await fc.assert(
    fc.asyncProperty(
      object,
      fc.nat(),
      fc.string({ minLength: 1, maxLength: 1 }),
      async (value, place, other) => {
        const written = asBase64(value);
        const at = place % written.length;
        const outcome = await outcomeOf(written.slice(0, at) + other + written.slice(at + 1));
        if (isBanksideError(outcome)) expectDiscreet(outcome);
        else expect(typeof outcome).not.toBe('undefined');
      },
    ),
  );
});
