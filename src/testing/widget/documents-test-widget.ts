import type { EventDelegate } from '../../index.ts';
import type { CallShape } from '../call-shapes.ts';
import type { TestWidget } from './test-widget.ts';

/** How the stand-in for the documents is handed its delegate: by either name. */
export interface DocumentsTestWidgetOptions {
  /** The delegate. */
  readonly eventsDelegate?: Partial<EventDelegate> | undefined;
  /** The same by its other name; not read where there is the first. */
  readonly pDelegate?: Partial<EventDelegate> | undefined;
}

/**
 * A stand-in for the widget of the vendor's documents and samples, whose calls have one of its shapes. Replies are objects,
 * or JSON text.
 */
export interface DocumentsTestWidget extends TestWidget {
  /** The build that it stands for. */
  readonly build: 'documents';
  /** The shape of its calls. */
  readonly shape: CallShape;
  /**
   * Takes the delegate; without one, a new one of the global `EventDelegate`, if there is that. What `attach` puts on the
   * widget itself is found without.
   */
  initialize(options: DocumentsTestWidgetOptions): void;
}
