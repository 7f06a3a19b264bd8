import { afterEach, expect, test, vi } from 'vitest';
import { fetchOptions } from '../../src/http/fetch-options.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const BODY = '\ufeff{"text":"Zoë 🏦"}';

function requestWith(bytes: Uint8Array<ArrayBuffer>): Request {
  return Object.assign(new Request('https://bank.example/', { method: 'POST', body: 'x' }), {
    arrayBuffer: async () => bytes.buffer,
  });
}

test.each(['with', 'without'])('B5 S2 T5 a body is text, %s a TextDecoder', async (which) => {
  const request = requestWith(new TextEncoder().encode(BODY));
  if (which === 'without') vi.stubGlobal('TextDecoder', undefined);

  expect((await fetchOptions(request, {})).body).toBe(BODY);
});

test.each(['with', 'without'])('B5 S2 other bytes stay as they are, %s a TextDecoder', async (which) => {
  const bytes = Uint8Array.from([0xc3, 0x28]);
  const request = requestWith(bytes);
  if (which === 'without') vi.stubGlobal('TextDecoder', undefined);

  expect((await fetchOptions(request, {})).body).toBe(bytes.buffer);
});
