import { commandFunctions } from './commands.ts';
import { deepExtend, type WidgetFields } from './deep-extend.ts';
import { createEventBuffer } from './event-buffer.ts';
import { reportFunctions } from './reports.ts';
import type { RequestProxy } from './request-proxy.ts';
import type { ShippedTestWidget } from './shipped-test-widget.ts';
import { startFunctions } from './start.ts';
import { createUser } from './user.ts';
import { createView } from './views/create-view.ts';
import type { View } from './views/view.ts';
import { watchRequests } from './watch-requests.ts';

/** Creates a stand-in for core 21.5 of the vendor's web widget. */
export function createShippedWidget(): ShippedTestWidget {
  const watch = watchRequests();
  const views: View[] = [];
  const intervals: ReturnType<typeof setInterval>[] = [];
  const project: WidgetFields = {};
  let hasScrolled = false;

  const fields: Partial<ShippedTestWidget> = {
    build: '21.5',
    config: {},
    isInitialized: false,
    eventsDelegate: undefined,
    pserverProxy: undefined,
    pserverProxyClassName: undefined,
    urls: {},
    urlWidgetTypes: { engage: 'engage', enrichment: 'enrichment' },
    eventBuffer: undefined,
    skinController: undefined,
    intervalId: undefined,
    views,
    replies: watch.replies,
    user: createUser(() => {
      hasScrolled = true;
    }),
  };
  const widget = fields as ShippedTestWidget;
  const buffer = createEventBuffer(widget);

  function startIntervals(): void {
    const reportScroll = (): void => {
      if (hasScrolled) widget.notifyReportEvent({ type: 'scroll', value: '1' }, true);
      hasScrolled = false;
    };
    const flushing = setInterval(buffer.flush, 2000);
    intervals.push(flushing, setInterval(reportScroll, 1000));
    Object.assign(widget, { eventBuffer: buffer, skinController: {}, intervalId: flushing });
  }

  function show(config: WidgetFields): void {
    const view = createView(widget, config);
    for (const other of views) if (other.el === view.el) other.replace();
    views.push(view);
    view.start();
  }

  const configure = (given: object | undefined): void => void deepExtend(project, given);

  const replyFunctions: Pick<ShippedTestWidget, 'handlePServerResponse' | 'handleServerResponse'> = {
    handlePServerResponse(reply, requestId) {
      watch.through('handlePServerResponse', () => this.handleServerResponse(reply, requestId));
    },
    handleServerResponse(reply, requestId) {
      const proxy = (this as ShippedTestWidget).pserverProxy as RequestProxy; // a TypeError before initialize
      if (Object.hasOwn(proxy, 'handleServerResponse')) proxy.handleServerResponse(reply, requestId);
    },
  };

  return Object.assign(
    widget,
    startFunctions(widget, { watch, startIntervals, show, configure }),
    commandFunctions(widget),
    reportFunctions(widget, project, buffer),
    replyFunctions,
    getterFunctions(widget, project),
    {
      faults: watch.faults,
      setProjectConfiguration: configure,
      assertExactlyOnce: watch.assertExactlyOnce,
      dispose() {
        for (const interval of intervals.splice(0)) clearInterval(interval);
      },
    },
  );
}

/** The functions of build 21.5 that return its state. */
function getterFunctions(widget: ShippedTestWidget, project: WidgetFields): Partial<ShippedTestWidget> {
  const storyVariables: WidgetFields = {};
  return {
    getJSBridge: () => widget.eventsDelegate,
    getConfig: () => widget.config,
    getDeviceType: () => widget.config['deviceType'],
    getSkinController: () => widget.skinController,
    getUrlWidgetType: (type) => widget.urlWidgetTypes[type],
    getProjectConfigValue: (name) => project[name],
    getStoryVariableMapping: () => storyVariables,
  };
}
