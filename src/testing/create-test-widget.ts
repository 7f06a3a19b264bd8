import type { NamesOf } from '../text/known-names.ts';
import { CALL_SHAPES, type CallShape } from './call-shapes.ts';
import { checkNames } from './known-names.ts';
import { createDocumentsWidget } from './widget/documents-widget.ts';
import type { ShippedTestWidget } from './widget/shipped-test-widget.ts';
import { createShippedWidget } from './widget/shipped-widget.ts';
import type { DocumentsTestWidget } from './widget/test-widget.ts';

/** The widget of the vendor's documents and samples. */
export interface DocumentsWidgetOptions {
  /** Selects this widget. */
  readonly build: 'documents';
  /** The shape of its calls. Default: `'a'`. */
  readonly shape?: CallShape;
}

/** The widget that the vendor ships: core 21.5. All its calls have shape `a`. */
export interface ShippedWidgetOptions {
  /** Default: `'21.5'`. */
  readonly build?: '21.5';
}

const OPTIONS: NamesOf<DocumentsWidgetOptions | ShippedWidgetOptions> = { build: true, shape: true };

/**
 * A stand-in for the vendor's widget. It calls the page like one of the vendor's builds, and checks that each request is
 * answered exactly once. It needs no DOM. It reads one global: the property `EventDelegate` of `globalThis`. A script's
 * `class EventDelegate` is not such a property, so that no module can see it.
 *
 * - A shape, or `{ build: 'documents', shape }`: the widget of the vendor's documents and samples. It takes the delegate as
 *   `initialize({ eventsDelegate })`, as `pDelegate`, or as the global `EventDelegate`. A reply during the call and a
 *   second reply are faults.
 * - `{ build: '21.5' }`, or `{}`: the widget that the vendor ships, with its bugs. See {@link ShippedTestWidget}. Its
 *   intervals run until `dispose`, which the vendor's widget does not have.
 *
 * @param kind `'a'` to `'f'`, as in {@link CallShape}, or the options.
 * @throws TypeError for an unknown shape, build or name, a `shape` with build 21.5, or an argument of another type.
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
    throw invalidArgument('kind', "a shape 'a' to 'f', or an object with the options", kind);
  checkNames('createTestWidget', kind, OPTIONS);
  const { build = '21.5', shape } = kind as { build?: string; shape?: CallShape };
  if (build === 'documents') return createDocumentsWidget(checkShape(shape ?? 'a'));
  if (build !== '21.5') throw invalidArgument('build', "'21.5' or 'documents'", build);
  if (shape !== undefined)
    throw invalidArgument('shape', 'none with build 21.5, whose calls all have shape a', shape);
  return createShippedWidget();
}

function checkShape(shape: CallShape): CallShape {
  if (!CALL_SHAPES.includes(shape)) throw invalidArgument('shape', "'a' to 'f'", shape);
  return shape;
}

function invalidArgument(option: string, expected: string, received: unknown): TypeError {
  return new TypeError(`createTestWidget: ${option}: expected ${expected}; got ${show(received)}`);
}

function show(received: unknown): string {
  if (typeof received === 'string') return JSON.stringify(received);
  if (Array.isArray(received)) return 'an array';
  if (typeof received === 'function') return 'a function';
  return typeof received === 'object' && received ? 'an object' : String(received);
}
