import { CALL_SHAPES, type CallShape } from './call-shapes.ts';
import type { DocumentsTestWidget } from './widget/documents-test-widget.ts';
import { createDocumentsWidget } from './widget/documents-widget.ts';
import type { ShippedTestWidget } from './widget/shipped-test-widget.ts';
import { createShippedWidget } from './widget/shipped-widget.ts';

/** The widget of the vendor's documents and samples. */
export interface DocumentsWidgetOptions {
  /** Says that it is not build 21.5. */
  readonly build: 'documents';
  /** The shape of its calls. Default: `'a'`. */
  readonly shape?: CallShape;
}

/** The widget that the vendor ships: core 21.5. Its calls have shape `a`, always. */
export interface ShippedWidgetOptions {
  /** Default: `'21.5'`. */
  readonly build?: '21.5';
}

/**
 * A stand-in for the vendor's widget, which asks the page as one of its builds does, and checks how often it is answered.
 * It needs no DOM. Of the global scope it reads `EventDelegate`, a property of `globalThis`. A `class EventDelegate` that a
 * script declares is not such a property, and no module can see it.
 *
 * - A shape, or `{ build: 'documents', shape }`: the widget of the vendor's documents and samples. It takes the delegate as
 *   `initialize({ eventsDelegate })`, as `pDelegate`, or as the global `EventDelegate`. A reply within the call and a
 *   second reply are faults.
 * - `{ build: '21.5' }`, or `{}`: what the vendor ships, with all its oddities. See {@link ShippedTestWidget}. Its
 *   intervals run until `dispose`, which the vendor's widget does not have.
 *
 * @param kind `'a'` to `'f'`, as in {@link CallShape}, or the options.
 * @throws TypeError for an unknown shape or build, for a `shape` of build 21.5, and for what is neither a shape nor
 *   options.
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { WidgetBridge } from 'bankside';
 * import { createTestTransport, createTestWidget } from 'bankside/testing';
 *
 * const transport = createTestTransport();
 * const bridge = new WidgetBridge({ transport });
 * const widget = createTestWidget({ build: '21.5' });
 * bridge.attach(widget);
 * widget.startWidget({ pDelegate: bridge.delegate, widgetType: 'teaser-widget', userId: 'user-1' });
 *
 * transport.last.answer({ ok: true, insights: [{ id: 'i1', text: 'Groceries' }] });
 * await Promise.resolve();
 * assert.equal(widget.views[0]?.state, 'shown');
 * widget.assertExactlyOnce();
 * widget.dispose();
 * ```
 */
export function createTestWidget(kind: ShippedWidgetOptions): ShippedTestWidget;
export function createTestWidget(kind: CallShape | DocumentsWidgetOptions): DocumentsTestWidget;
export function createTestWidget(
  kind: CallShape | DocumentsWidgetOptions | ShippedWidgetOptions,
): DocumentsTestWidget | ShippedTestWidget {
  if (typeof kind === 'string') return createDocumentsWidget(checkShape(kind));
  if (typeof kind !== 'object' || kind === null || Array.isArray(kind))
    throw wrong('kind', "a shape 'a' to 'f', or an object with the options", kind);
  const { build = '21.5', shape } = kind as { build?: string; shape?: CallShape };
  if (build === 'documents') return createDocumentsWidget(checkShape(shape ?? 'a'));
  if (build !== '21.5') throw wrong('build', "'21.5' or 'documents'", build);
  if (shape !== undefined) throw wrong('shape', 'none with build 21.5, whose calls all have shape a', shape);
  return createShippedWidget();
}

function checkShape(shape: CallShape): CallShape {
  if (!CALL_SHAPES.includes(shape)) throw wrong('shape', "'a' to 'f'", shape);
  return shape;
}

function wrong(option: string, expected: string, received: unknown): TypeError {
  return new TypeError(`createTestWidget: ${option}: expected ${expected}; got ${show(received)}`);
}

function show(received: unknown): string {
  if (typeof received === 'string') return JSON.stringify(received);
  if (Array.isArray(received)) return 'an array';
  if (typeof received === 'function') return 'a function';
  return typeof received === 'object' && received ? 'an object' : String(received);
}
