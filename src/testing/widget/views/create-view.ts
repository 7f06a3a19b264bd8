import type { WidgetFields } from '../deep-extend.ts';
import type { ShippedTestWidget } from '../shipped-test-widget.ts';
import { BudgetsView } from './budgets-view.ts';
import { StoryView } from './story-view.ts';
import { CarouselView, InboxStoryView, InboxView } from './teaser-views.ts';
import type { View } from './view.ts';

type Kind = new (widget: ShippedTestWidget, config: WidgetFields) => View;

const VIEWS: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ['teaser-widget', InboxView],
  ['teaser-widget-carousel', CarouselView],
  ['inbox-story-widget', InboxStoryView],
  ['story-widget', StoryView],
  ['manage-budgets', BudgetsView],
]);

/** @throws string for a type that this build does not have, `subscription-dashboard` among them. */
export function createView(widget: ShippedTestWidget, config: WidgetFields): View {
  const { widgetType = 'teaser-widget' } = config;
  const Kind = VIEWS.get(widgetType);
  if (!Kind) throw `startWidget: no widget of type ${String(widgetType)}`;
  return new Kind(widget, config);
}
