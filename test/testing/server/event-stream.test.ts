import { expect, test } from 'vitest';
import { createEventStream } from '../../../src/testing/server/event-stream.ts';

test('a page that does not read its stream of replies is disconnected', async () => {
  const stream = createEventStream();
  const reader = stream.open().body?.getReader();
  const attentive = stream.open().body?.getReader();
  for (let count = 0; count < 20; count += 1) {
    stream.send('x'.repeat(100_000));
    if (count === 0) await attentive?.read(); // the start of the stream
    await attentive?.read();
  }
  await expect(reader?.read()).rejects.toThrow('is not read');
  stream.send('after');
  const { value } = (await attentive?.read()) ?? {};
  expect(new TextDecoder().decode(value)).toBe('data: "after"\n\n');
});
