import { afterEach, expect, it, vi } from 'vitest';
import { WidgetBridge } from '../../src/index.ts';
import { createTestTransport, createTestWidget } from '../../src/testing/doubles.ts';

const stubs = window as unknown as Record<string, unknown>;

afterEach(() => {
  delete stubs['EventDelegate'];
});

it.each(['the global EventDelegate', 'pDelegate'])(
  'B13 build 21.5 shows a view in a page, with %s',
  async (way) => {
    const transport = createTestTransport();
    const bridge = new WidgetBridge({ transport });
    const widget = createTestWidget({ build: '21.5' });
    bridge.attach(widget);
    if (way !== 'pDelegate') stubs['EventDelegate'] = bridge.EventDelegate;
    const el = document.createElement('div');
    widget.startWidget({
      el,
      userId: 'user-1',
      ...(way === 'pDelegate' ? { pDelegate: bridge.delegate } : {}),
    });
    transport.last.answer({ ok: true, insights: [{ id: 'i1', text: 'Zoë 😀' }] });

    await vi.waitFor(() => expect(widget.views[0]?.state).toBe('shown'));
    expect(widget.views[0]).toMatchObject({ items: [{ id: 'i1', text: 'Zoë 😀' }] });
    expect(widget.views[0]?.el).toBe(el);
    widget.assertExactlyOnce();
    widget.dispose();
    bridge.dispose();
  },
);
