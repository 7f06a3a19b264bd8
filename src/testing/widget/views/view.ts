import type { EventBuffer } from '../event-buffer.ts';
import { FakeElements } from '../fake-elements.ts';
import { type Fields, hasOwnFunction } from '../request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from '../shipped-test-widget.ts';
import { tell } from '../tell.ts';
import type { TestOutcome, TestView } from '../test-view.ts';

/** What all views of build 21.5 have in common. A view calls the widget's functions by name, whatever they are by then. */
export abstract class View implements TestView {
  readonly widgetType: string;
  readonly el: unknown;
  readonly items: unknown[] = [];
  readonly outcomes: TestOutcome[] = [];
  state: TestView['state'] = 'loading';
  rating = 0;
  story: View | undefined;
  /** Another view was started in the same place: replies do nothing any more. */
  isReplaced = false;
  /** As the page gave it; refers back to the view. */
  readonly config: Fields;
  protected readonly widget: ShippedTestWidget;

  constructor(widget: ShippedTestWidget, config: Fields) {
    this.widget = widget;
    this.config = config;
    this.widgetType = String(config['widgetType'] ?? 'teaser-widget');
    this.el = FakeElements.of(config['el'])[0];
    config['parentCtrl'] = this;
  }

  /** Asks for what it shows. */
  abstract start(): void;

  /** Presses the button with this id. Returns whether there is one. */
  pressButton(_id: string): boolean {
    return false;
  }

  replace(): void {
    this.isReplaced = true;
    this.story?.replace();
  }

  /** The callbacks of a request of the view's: a failure shows the error text. */
  protected filledBy(draw: (reply: Fields) => void): [ok: TestCallback, fail: TestCallback] {
    return [this.unlessReplaced(draw), this.unlessReplaced(() => this.showError('A problem occurred'))];
  }

  /** A callback that does nothing once another view was started in the same place. */
  protected unlessReplaced(take: (reply: Fields) => void): TestCallback {
    return (reply) => {
      if (!this.isReplaced) take(reply as Fields);
    };
  }

  /** Nothing takes the error text away again. */
  protected settle(state: 'shown' | 'empty'): void {
    if (this.state !== 'error') this.state = state;
  }

  protected showError(text: string): void {
    this.state = 'error';
    this.report('errorOccured', text);
    this.closeLoader();
  }

  /** Reports to the delegate alone, without an event for the server. */
  protected report(type: string, value: unknown): void {
    this.widget.notifyReportEvent({ type, value }, true);
  }

  /** Reports, and keeps an event for the server. */
  protected reportEvent(type: string, value: unknown): void {
    this.widget.notifyReportEvent({ type, value });
  }

  /** Keeps an event for the server, without a report. */
  protected keepEvent(type: string, value: unknown): void {
    (this.widget.eventBuffer as EventBuffer | undefined)?.addReport(type, value);
  }

  /** A notice by way of the sender: two arguments, no id. */
  protected closeLoader(): void {
    const { enableNativeLoader, loaderEvent } = this.config;
    const delegate = this.widget.eventsDelegate;
    if (!(enableNativeLoader || loaderEvent) || !delegate) return;
    if (!hasOwnFunction(delegate, 'sendRequestToPServer')) return;
    const eventType = enableNativeLoader ? 'closeNativeLoader' : 'closeLoaderEvent';
    const notice = { requestString: 'personeticsEvent', data: { eventType } };
    (delegate['sendRequestToPServer'] as (...args: unknown[]) => void)(null, notice);
  }

  /** Tells the delegate by `widgetEvent`, with an object that the widget goes on using. */
  protected tellEvent(from: unknown, params: Fields): void {
    tell(params, () => this.widget.sendWidgetEvent(from, params, undefined));
  }

  /** Calls a function of the delegate, if it is one; a class's method will do. */
  protected tellDelegate(name: string, params: Fields, ...before: unknown[]): void {
    const delegate = this.widget.eventsDelegate;
    if (typeof delegate?.[name] !== 'function') return;
    tell(params, () => (delegate[name] as (...args: unknown[]) => void)(...before, params));
  }

  /** The callbacks that a teaser's `callPersoneticsAPI` button hands to the page. */
  protected outcomeCallbacks(): Fields {
    const keep =
      (callback: TestOutcome['callback']) =>
      (...args: unknown[]): void =>
        void this.outcomes.push({ callback, args });
    return { successCallback: keep('successCallback'), failureCallback: keep('failureCallback') };
  }
}
