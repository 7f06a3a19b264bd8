import { describe, expect, it } from 'vitest';
import { isBanksideError, QueuePoller } from '../../src/index.ts';

const SECRET = 'token-of-a-user';

describe('a wrong call is an error', () => {
  const poller = new QueuePoller({
    baseUrl: 'https://bank.example/linxo',
    accessToken: 'token',
    storage: false,
  });

  it.each([undefined, null, '', 7, {}, '..', '\ud83c'])('track(%o)', (id) => {
    expect(() => poller.track(id as string)).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL', details: expect.objectContaining({ call: 'track' }) }),
    );
  });

  it.each([undefined, null, '', 7, {}, '..', '\ud83c'])('whenSynced(%o)', async (id) => {
    await expect(poller.whenSynced(id as string)).rejects.toMatchObject({ code: 'INVALID_CALL' });
  });

  it.each([
    ['after', Number.NaN],
    ['after', '1767600000'],
    ['after', null],
    ['after', new Date(0)],
    ['timeout', 0],
    ['timeout', -1],
    ['timeout', Number.NaN],
    ['timeout', 2 ** 31],
    ['timeout', '5000'],
    ['timeout', true],
    ['timeout', null],
    ['signal', {}],
    ['signal', SECRET],
  ])('whenSynced with %s: %o', async (option, value) => {
    const error = await poller.whenSynced('c1', { [option]: value }).catch((thrown: unknown) => thrown);

    if (!isBanksideError(error, 'INVALID_CALL')) throw error;
    expect(error.details.call).toBe(`whenSynced ${option}`);
    expect(error.message).not.toContain(SECRET);
  });

  it.each([undefined, null, 'handler', {}])('on with %o as the handler', (handler) => {
    expect(() => poller.on('gap', handler as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_CALL' }),
    );
  });
});
