import type { QueuePoller } from 'bankside';
import { fromEvents, injectWidgetBridge } from 'bankside/angular';
import type { createStage } from '../../../elsewhere-bank/sandbox/stage.js';

/** When a bank has been linked in the widget, its connection may begin at any moment. */
export function followLinks(
  poller: QueuePoller | undefined,
  stage: ReturnType<typeof createStage> | undefined,
): void {
  fromEvents(injectWidgetBridge(), 'widgetEvent').subscribe(({ params }) => {
    const { eventType, data } = (params ?? {}) as { eventType?: unknown; data?: Record<string, unknown> };
    if (eventType !== 'bankLinked') return;
    stage?.link({ id: String(data?.['institutionId']), name: String(data?.['name']) });
    poller?.nudge();
  });
}
