import type { Fields } from '../request-proxy.ts';
import { TeaserView } from './teaser-view.ts';

/** `teaser-widget-carousel`. A single teaser is no carousel, and is not reported. */
export class CarouselView extends TeaserView {
  start(): void {
    this.widget.getInsights(this.config['bankInfo'], ...this.filledBy((reply) => this.#draw(reply)));
  }

  #draw(reply: Fields): void {
    const [first, ...others] = this.drawInsights(reply);
    if (!first || !others.length) return;
    this.report('carouselWidgetStarted', others.length + 1);
    this.present(first);
  }
}
