import { InjectionToken } from '@angular/core';
import type { QueuePoller, WidgetBridge } from '../index.ts';

// Angular's error for a token that nothing provides shows its description.

export const WIDGET_BRIDGE: InjectionToken<WidgetBridge | undefined> = /* @__PURE__ */ new InjectionToken(
  'WidgetBridge: add provideWidgetBridge(() => new WidgetBridge(…)) to the providers of the application, the route or the component',
);

export const QUEUE_POLLER: InjectionToken<QueuePoller | undefined> = /* @__PURE__ */ new InjectionToken(
  'QueuePoller: add provideQueuePoller(() => new QueuePoller(…)) to the providers of the application, the route or the component',
);
