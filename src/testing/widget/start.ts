import { deepExtend, type WidgetFields } from './deep-extend.ts';
import { FakeElements } from './fake-elements.ts';
import { findDelegate, globalConstructor } from './find-delegate.ts';
import { createRequestProxy, type ProxyWatch } from './request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from './shipped-test-widget.ts';

/** The parts that the start of the widget calls. */
export interface StartHooks {
  readonly watch: ProxyWatch;
  startIntervals(): void;
  /** Creates and starts the view. */
  show(config: WidgetFields): void;
  /** Called with the project of a reply to `initPersonetics`. */
  configure(project: object | undefined): void;
}

/** The functions that start build 21.5. The order of the steps is the vendor's. */
export function startFunctions(widget: ShippedTestWidget, hooks: StartHooks): Partial<ShippedTestWidget> {
  function finish(onReady: TestCallback, reply?: unknown): void {
    widget.isInitialized = true;
    onReady?.(reply);
  }

  return {
    initialize(options, onReady, onFailed) {
      const { config } = widget;
      deepExtend(config, options);
      setUserHeader(config);
      if (widget.isInitialized) {
        (onReady as () => void)(); // not checked, as in the widget: a TypeError without it
        return;
      }
      const { debugMode: _ } = options as { debugMode?: unknown }; // a TypeError without options
      widget.pserverProxy = createRequestProxy(
        config,
        () => widget.eventsDelegate as WidgetFields,
        hooks.watch,
      );
      widget.eventsDelegate = findDelegate(config);
      hooks.startIntervals();
      if (config['callInitPersonetics'] !== true) {
        finish(onReady);
        return;
      }
      widget.initPersonetics((reply) => {
        hooks.configure((reply as { projectConfiguration?: object }).projectConfiguration);
        finish(onReady, reply);
      }, onFailed);
    },
    startWidget(given) {
      if (given === null || given === undefined) throw new Error('startWidget: no configuration');
      normaliseOptions(given as WidgetFields);
      const config = deepExtend({}, given);
      const Constructor = globalConstructor();
      if (Constructor) config['eventsDelegate'] = new Constructor();
      config['base64EncodeResponse'] = false;
      setUserHeader(config);
      const show = (): void => hooks.show(config);
      widget.initialize(config, show, show);
    },
  };
}

/** The header `authToken` is always the user's id, even if the page set another value. */
function setUserHeader(config: WidgetFields): void {
  const headers = (config['requestHeaders'] ?? {}) as WidgetFields;
  headers['authToken'] = config['userId'];
  config['requestHeaders'] = headers;
}

/** Changes the page's object. @throws TypeError if it is frozen. */
function normaliseOptions(given: WidgetFields): void {
  given['filter'] ??= given['widgetType'] !== 'teaser-widget-carousel';
  if (typeof given['theme'] === 'string') given['theme'] = JSON.parse(given['theme']);
  given['el'] = FakeElements.of(given['el'] ?? 'body');
}
