import { bindMembers } from '../../../bind-members.ts';
import type { WidgetFields } from '../deep-extend.ts';
import type { EventBuffer } from '../event-buffer.ts';
import { FakeElements } from '../fake-elements.ts';
import { callThenEmpty } from '../reports.ts';
import { hasOwnFunction } from '../request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from '../shipped-test-widget.ts';
import type { TestOutcome, TestView } from '../test-widget.ts';

/** The base of all views of build 21.5. A view calls the current functions of the widget, by name. */
export abstract class View implements TestView {
  readonly widgetType: string;
  readonly el: unknown;
  readonly items: unknown[] = [];
  readonly outcomes: TestOutcome[] = [];
  state: TestView['state'] = 'loading';
  rating = 0;
  story: View | undefined;
  /** Whether another view was started in the same place. Then replies have no effect. */
  isReplaced = false;
  /** The page's object, which also refers to the view. */
  readonly config: WidgetFields;
  protected readonly widget: ShippedTestWidget;

  constructor(widget: ShippedTestWidget, config: WidgetFields) {
    this.widget = widget;
    this.config = config;
    this.widgetType = String(config['widgetType'] ?? 'teaser-widget');
    this.el = FakeElements.of(config['el'])[0];
    config['parentCtrl'] = this;
    bindMembers(this);
  }

  /** Requests the content. */
  abstract start(): void;

  /** Presses the button with this id. Returns whether it exists. */
  pressButton(_id: string): boolean {
    return false;
  }

  replace(): void {
    this.isReplaced = true;
    this.story?.replace();
  }

  /** The callbacks of a request. A failure shows the error text. */
  protected filledBy(draw: (reply: WidgetFields) => void): [ok: TestCallback, fail: TestCallback] {
    return [this.unlessReplaced(draw), this.unlessReplaced(() => this.showError('A problem occurred'))];
  }

  /** A callback that does nothing after another view was started in the same place. */
  protected unlessReplaced(handle: (reply: WidgetFields) => void): TestCallback {
    return (reply) => {
      if (!this.isReplaced) handle(reply as WidgetFields);
    };
  }

  /** An error text is never removed. */
  protected settle(state: 'shown' | 'empty'): void {
    if (this.state !== 'error') this.state = state;
  }

  protected showError(text: string): void {
    this.state = 'error';
    this.report('errorOccured', text);
    this.closeLoader();
  }

  /** Reports to the delegate, without an event for the server. */
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

  /** A message through the sender: two arguments, no id. */
  protected closeLoader(): void {
    const { enableNativeLoader, loaderEvent } = this.config;
    const delegate = this.widget.eventsDelegate;
    if (!(enableNativeLoader || loaderEvent) || !delegate) return;
    if (!hasOwnFunction(delegate, 'sendRequestToPServer')) return;
    const eventType = enableNativeLoader ? 'closeNativeLoader' : 'closeLoaderEvent';
    const notice = { requestString: 'personeticsEvent', data: { eventType } };
    (delegate['sendRequestToPServer'] as (...args: unknown[]) => void)(null, notice);
  }

  /** Calls the delegate's `widgetEvent`. */
  protected emitEvent(from: unknown, params: WidgetFields): void {
    callThenEmpty(params, () => this.widget.sendWidgetEvent(from, params, undefined));
  }

  /** Calls a function of the delegate, if it exists. The method of a class is enough. */
  protected callDelegate(name: string, params: WidgetFields, ...before: unknown[]): void {
    const delegate = this.widget.eventsDelegate;
    if (typeof delegate?.[name] !== 'function') return;
    callThenEmpty(params, () => (delegate[name] as (...args: unknown[]) => void)(...before, params));
  }

  /** The callbacks of a `callPersoneticsAPI` button in a teaser. */
  protected outcomeCallbacks(): WidgetFields {
    const record =
      (callback: TestOutcome['callback']) =>
      (...args: unknown[]): void =>
        void this.outcomes.push({ callback, args });
    return { successCallback: record('successCallback'), failureCallback: record('failureCallback') };
  }
}

const FORBIDDEN = /(<\/?script|<style|url=|url\(|onload|onerror|src=|alert\(|href=|javascript:|redirect \d)./;

/** Whether the widget refuses to show a reply, because one of its strings looks like code. */
export function isForbidden(reply: unknown): boolean {
  return FORBIDDEN.test(JSON.stringify(reply));
}
