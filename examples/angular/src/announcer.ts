import { Directive, ElementRef, inject } from '@angular/core';
import { createAnnouncer } from '../../elsewhere-bank/dom/announcer.js';

/** A live region, and what speaks through it. */
@Directive({ selector: '[bankAnnouncer]', host: { class: 'visually-hidden', role: 'status' } })
export class Announcer {
  readonly say = createAnnouncer(inject<ElementRef<HTMLElement>>(ElementRef).nativeElement);
}
