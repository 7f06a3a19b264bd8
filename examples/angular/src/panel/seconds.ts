import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';

const TICK = 100;

/** How long something has taken so far. */
@Component({ selector: 'span[bankSeconds]', template: '{{ seconds() }} s' })
export class Seconds {
  /** As of `performance.now()`. */
  readonly since = input.required<number>({ alias: 'bankSeconds' });
  private readonly now = signal(performance.now());
  protected readonly seconds = computed(() => Math.max(0, (this.now() - this.since()) / 1_000).toFixed(1));

  constructor() {
    const clock = setInterval(() => this.now.set(performance.now()), TICK);
    inject(DestroyRef).onDestroy(() => clearInterval(clock));
  }
}
