import { describe, expect, it } from 'vitest';
import { orAbort } from '../../../src/abort.ts';
import { describe as describeValue, fieldsOf, isSignal } from '../../../src/check.ts';
import { errorName, isBanksideError, redactedCause } from '../../../src/errors.ts';
import { fetchFailure } from '../../../src/http/request-error.ts';
import { copyPlain } from '../../../src/requests/copy-plain.ts';
import { readReply } from '../../../src/requests/read-reply.ts';
import { idText, isTooLong, shownId } from '../../../src/text/request-id.ts';
import { readError, writeError } from '../../../src/transport/port/port-error.ts';
import { writeReply } from '../../../src/transport/port/port-messages.ts';
import { errorReplyOf } from '../../../src/transport/transport.ts';
import { oddValues } from './odd-values.ts';
import { expectAllHandled } from './unhandled.ts';

expectAllHandled();

const request = { requestId: 'r1', server: 'pserver', type: undefined } as const;

describe.each(oddValues)('S4 %s', (name, make) => {
  it('S4 is recognised, or not, without an error', () => {
    const value = make();
    const isBranded = name === 'an object with that brand and a code, and no details';

    expect(isBanksideError(value)).toBe(isBranded);
    expect(isBanksideError(value, 'TIMEOUT')).toBe(false);
    expect(redactedCause(value)).toBeInstanceOf(Error);
    expect(['string', 'undefined']).toContain(typeof errorName(value));
    expect(fetchFailure(value).message).toMatch(/^fetch rejected with/);
    expect(errorReplyOf(value)).toBeUndefined();
    expect(isSignal(value)).toBe(false);
    expect(typeof describeValue(value)).toBe('string');
    expect(typeof fieldsOf(value)).toBe('object');
    expect(typeof idText(value)).toBe('string');
    expect(isTooLong(value)).toBe(false);
    expect(shownId(value)).toBe(value);
  });

  it('S4 is written for another window, and read there, without an error', () => {
    const written = structuredClone(writeError(make()));
    const read = readError(written, { request, started: 0 });

    expect(read.code).toBe('NETWORK');
    expect(['string', 'undefined']).toContain(typeof writeReply(make()));
  });

  it('S4 is copied, or handed on as it is', () => {
    expect(() => copyPlain(make())).not.toThrow();
    expect(() => copyPlain([{ of: make() }])).not.toThrow();
  });

  it('S4 as a reply is read, or refused', () => {
    let read: unknown;
    try {
      read = readReply(make()).response;
    } catch {
      read = 'refused';
    }
    expect(read).toBeDefined();
  });

  it('S4 as the reason of a signal is what is rejected with', async () => {
    const value = make();
    const abort = new AbortController();
    const waiting = orAbort(new Promise(() => {}), abort.signal).catch((reason: unknown) => [reason]);
    abort.abort(value);
    const [reason] = (await waiting) as unknown[];

    expect(Object.is(reason, value) || (value === undefined && reason instanceof DOMException)).toBe(true);
  });
});
