import { afterNextRender, Component, DestroyRef, ElementRef, inject, viewChild } from '@angular/core';
import { injectWidgetBridge } from 'bankside/angular';
import { createInspectorRoom } from '../../shared/panel/inspector-room.js';
import { createPanel } from '../../shared/panel/panel.js';
import { injectPoller, LOG, STAGE } from './tokens.ts';

@Component({
  selector: 'aside[bankPanel]',
  host: {
    id: 'bridge-panel',
    class: 'bridge-panel',
    'aria-labelledby': 'bridge-panel-title',
    tabindex: '-1',
  },
  template: `
    <header class="panel-head">
      <h2 id="bridge-panel-title">Behind the page</h2>
      <p>The widget never talks to a server. It asks this page, and the bridge answers over the bank’s own channel.</p>
    </header>
    <div class="panel-boxes" #boxes></div>
  `,
})
export class Panel {
  private readonly boxes = viewChild.required<ElementRef<HTMLElement>>('boxes');

  constructor() {
    const bridge = injectWidgetBridge();
    if (!bridge) return;
    const panel = createPanel({ log: inject(LOG), poller: injectPoller(), stage: inject(STAGE) });
    const unwatch = panel.watch(bridge);
    inject(DestroyRef).onDestroy(() => {
      unwatch();
      panel.stop();
    });
    afterNextRender(() => this.boxes().nativeElement.append(...panel.elements));
  }
}

@Component({
  selector: 'section[bankInspector]',
  host: { class: 'inspector-room', 'aria-labelledby': 'inspector-title' },
  template: '',
})
export class Inspector {
  constructor() {
    const bridge = injectWidgetBridge();
    const poller = injectPoller();
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    const room = createInspectorRoom(nativeElement, () => import('bankside/inspector'));
    if (bridge) room.watch(bridge, poller);
  }
}
