import { afterEach, describe, expect, it, vi } from 'vitest';
import { createTestWidget, type DocumentsTestWidget } from '../../src/testing/index.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('createTestWidget', () => {
  it('creates the widget of the documents for a shape', () => {
    expect(createTestWidget('c')).toMatchObject({ build: 'documents', shape: 'c' });
    expect(createTestWidget({ build: 'documents', shape: 'd' })).toMatchObject({
      build: 'documents',
      shape: 'd',
    });
    expect(createTestWidget({ build: 'documents' })).toMatchObject({ build: 'documents', shape: 'a' });
  });

  it('creates build 21.5 by default', () => {
    expect(createTestWidget({}).build).toBe('21.5');
    expect(createTestWidget({ build: '21.5' }).build).toBe('21.5');
  });

  it.each([
    [
      { build: '21.5', shape: 'a' },
      `shape: expected none with build 21.5, whose calls all have shape a; got "a"`,
    ],
    [{ shape: 'b' }, 'shape: expected none with build 21.5'],
    [{ build: '3.9' }, `build: expected '21.5' or 'documents'; got "3.9"`],
    [{ build: 'documents', shape: 'g' }, `shape: expected 'a' to 'f'; got "g"`],
    ['g', `shape: expected 'a' to 'f'; got "g"`],
    [7, `kind: expected a shape 'a' to 'f', or an object with the options; got 7`],
    [[], `kind: expected a shape 'a' to 'f', or an object with the options; got an array`],
    [null, `kind: expected a shape 'a' to 'f', or an object with the options; got null`],
    [undefined, `kind: expected a shape 'a' to 'f', or an object with the options; got undefined`],
    [() => {}, `kind: expected a shape 'a' to 'f', or an object with the options; got a function`],
    [{ build: null }, `build: expected '21.5' or 'documents'; got null`],
    [{ build: { a: 1n } }, `build: expected '21.5' or 'documents'; got an object`],
  ])('S5 explains the error in %o', (kind, message) => {
    const making = () => createTestWidget(kind as 'a');
    expect(making).toThrow(TypeError);
    expect(making).toThrow(`createTestWidget: ${message}`);
  });
});

describe('the widget of the documents', () => {
  const ask = (widget: DocumentsTestWidget) => widget.request('pserver', { type: 'x' }, { requestId: 'r1' });

  it.each(['eventsDelegate', 'pDelegate'])('B13 takes its delegate as %s', (name) => {
    const widget = createTestWidget('a');
    const sendRequestToPServer = vi.fn();
    widget.initialize({ [name]: { sendRequestToPServer } });
    void ask(widget);
    expect(sendRequestToPServer.mock.calls).toEqual([[null, { type: 'x' }, 'r1']]);
  });

  it('B13 creates its delegate from the global EventDelegate', () => {
    const sendRequestToPServer = vi.fn();
    class EventDelegate {
      sendRequestToPServer = sendRequestToPServer;
    }
    vi.stubGlobal('EventDelegate', EventDelegate);
    const widget = createTestWidget('a');
    widget.initialize({});
    void ask(widget);
    expect(sendRequestToPServer).toHaveBeenCalledTimes(1);
  });

  it.each(['handlePServerResponse', 'handleServerResponse'] as const)(
    'B2 handles a reply in %s, which calls no other function',
    async (name) => {
      const widget = createTestWidget('a');
      widget.initialize({ eventsDelegate: { sendRequestToPServer: () => {} } });
      const asking = ask(widget);
      widget[name]({ ok: true }, 'r1');
      expect(await asking).toEqual({ ok: true });
      expect(widget.replies).toEqual([
        { response: { ok: true }, requestId: 'r1', through: name, isWithinCall: false },
      ]);
    },
  );

  it('B11 parses JSON text, as in the documents', async () => {
    const widget = createTestWidget('a');
    widget.initialize({ eventsDelegate: { sendRequestToPServer: () => {} } });
    const asking = ask(widget);
    widget.handlePServerResponse('{"ok":true}', 'r1');
    expect(await asking).toEqual({ ok: true });
    expect(widget.replies).toMatchObject([{ response: '{"ok":true}' }]);
    widget.assertExactlyOnce();
  });

  it('B11 reports a string that is not JSON', async () => {
    const widget = createTestWidget('a');
    widget.initialize({ eventsDelegate: { sendRequestToPServer: () => {} } });
    const asking = ask(widget);
    widget.handlePServerResponse('eyJvayI6dHJ1ZX0=', 'r1');
    await expect(asking).rejects.toThrow('was answered with a string that is not JSON');
    expect(() => widget.assertExactlyOnce()).toThrow('was answered with a string that is not JSON');
  });
});
