import { afterNextRender, Component, DestroyRef, type ElementRef, inject, viewChild } from '@angular/core';
import { injectWidgetBridge } from 'bankside/angular';

@Component({
  selector: 'section[bankWidget]',
  host: { id: 'widget', 'aria-labelledby': 'widget-title', tabindex: '-1' },
  template: `
    <div class="section-head">
      <h2 id="widget-title">Your money, at a glance</h2>
      <a class="to-panel" href="#bridge-panel">What the bridge is doing</a>
    </div>
    <div id="widget-root" #root></div>
  `,
})
export class Widget {
  private readonly root = viewChild.required<ElementRef<HTMLElement>>('root');

  constructor() {
    const bridge = injectWidgetBridge();
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      // The vendor's Angular package sends its messages through PersoWidget: the handler is put there.
      const detach = bridge?.attach(() => window.personetics, window.PersoWidget);
      if (detach) destroyRef.onDestroy(detach);
      const el = this.root().nativeElement;
      window.personetics.startWidget({ widgetType: 'teaser-widget-carousel', el });
    });
  }
}
