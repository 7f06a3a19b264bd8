import { deepExtend } from './deep-extend.ts';
import { FakeElements } from './fake-elements.ts';
import { findDelegate, globalConstructor } from './find-delegate.ts';
import { createRequestProxy, type Fields, type ProxyWatch } from './request-proxy.ts';
import type { ShippedTestWidget, TestCallback } from './shipped-test-widget.ts';

/** What starting the widget sets in motion. */
export interface StartHooks {
  readonly watch: ProxyWatch;
  /** Starts the intervals. */
  run(): void;
  /** Makes and starts the view. */
  show(config: Fields): void;
  /** What a reply to `initPersonetics` says of the project. */
  configure(project: object | undefined): void;
}

type Option = TestCallback | undefined;

/** How build 21.5 starts: the steps and their order are the vendor's. */
export function startFunctions(
  widget: ShippedTestWidget,
  hooks: StartHooks,
): Pick<ShippedTestWidget, 'initialize' | 'startWidget'> {
  function finish(onReady: Option, reply?: unknown): void {
    widget.isInitialized = true;
    onReady?.(reply);
  }

  return {
    initialize(options, onReady, onFailed) {
      const { config } = widget;
      deepExtend(config, options);
      nameUser(config);
      if (widget.isInitialized) {
        (onReady as () => void)(); // unguarded, as in the widget: a TypeError where there is none
        return;
      }
      const { debugMode: _ } = options as { debugMode?: unknown }; // a TypeError where there are no options
      widget.pserverProxy = createRequestProxy(config, () => widget.eventsDelegate as Fields, hooks.watch);
      widget.eventsDelegate = findDelegate(config);
      hooks.run();
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
      changeGiven(given as Fields);
      const config = deepExtend({}, given);
      const Constructor = globalConstructor();
      if (Constructor) config['eventsDelegate'] = new Constructor();
      config['base64EncodeResponse'] = false;
      nameUser(config);
      const show = (): void => hooks.show(config);
      widget.initialize(config, show, show);
    },
  };
}

/** The header `authToken` is the user's id, whatever the page gave. */
function nameUser(config: Fields): void {
  const headers = (config['requestHeaders'] ?? {}) as Fields;
  headers['authToken'] = config['userId'];
  config['requestHeaders'] = headers;
}

/** @throws TypeError where the object is frozen. */
function changeGiven(given: Fields): void {
  given['filter'] ??= given['widgetType'] !== 'teaser-widget-carousel';
  if (typeof given['theme'] === 'string') given['theme'] = JSON.parse(given['theme']);
  given['el'] = FakeElements.of(given['el'] ?? 'body');
}
