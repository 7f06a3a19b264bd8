import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  ElementRef,
  effect,
  Injector,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { injectConnection, injectQueuePoller, injectSnapshot } from 'bankside/angular';
import { doubtWords, mayBeOld } from '../../../shared/connections/doubt.js';
import { hasAccounts, isOver, phaseOf, phases, topicOf } from '../../../shared/connections/phase.js';
import { noStory } from '../../../shared/connections/story.js';
import { nameOf } from '../../../shared/connections/words.js';
import { Icon } from '../icon.ts';
import { CARDS, STAGE } from '../tokens.ts';
import { Lane } from './lane.ts';
import { Prompt } from './prompt.ts';

/** A bank that is being linked or updated: what each of its channels tells, and what the customer is to do. */
@Component({
  selector: 'li[bankCard]',
  host: {
    class: 'sync',
    '[attr.data-connection]': 'id()',
    '[attr.data-phase]': 'phase()',
    '[attr.data-is-over]': 'isOver()',
    '[attr.data-is-old]': 'isOld()',
    '[attr.aria-labelledby]': '"sync-" + id()',
  },
  imports: [Icon, Lane, Prompt],
  template: `
    <div class="sync-head">
      <h3 id="sync-{{ id() }}" tabindex="-1" #title>{{ bank() }}</h3>
      <p class="sync-state">
        <span [class]="words().look">{{ words().tag }}</span>&ngsp;<span class="sync-doubt">{{ doubt() }}</span>
      </p>
      <button
        type="button"
        class="button-round sync-close"
        data-sync="close"
        aria-label="Close"
        attr.aria-describedby="sync-{{ id() }}"
        (click)="cards?.close(id())"
      >
        <svg bankIcon="close"></svg>
      </button>
    </div>
    <div class="sync-body">
      <!-- What the message is about: it stays as it is, with what was typed, until that is another thing. -->
      @for (about of [topic()]; track about) {
        <div class="sync-message">
          @if (connection(); as known) {
            @if (known.action; as action) {
              <div bankPrompt [action]="action" [connection]="known"></div>
            } @else {
              <p>{{ words().text(bank()) }}</p>
              <p class="sync-latest" [hidden]="phase() !== 'running'">{{ story().latest }}</p>
            }
          }
        </div>
      }
      <div class="lanes">
        @for (channel of connection()?.channels?.values(); track channel.id) {
          <section bankLane [channel]="channel" [steps]="story().lanes[channel.id] ?? []"></section>
        }
      </div>
    </div>
    <div class="sync-buttons">
      @if (hasAccounts()) {
        <button type="button" class="button-quiet" data-sync="accounts" (click)="showAccounts()">See the accounts</button>
      }
      @if ((hasAccounts() || phase() === 'failed') && stage) {
        <button type="button" class="button-quiet" data-sync="again" (click)="stage.again(id())">Update again</button>
      }
    </div>
  `,
})
export class Card {
  readonly id = input.required<string>();
  protected readonly cards = inject(CARDS);
  private readonly snapshot = injectSnapshot(this.cards);
  protected readonly stage = inject(STAGE);
  protected readonly connection = injectConnection(() => this.id());
  protected readonly bank = computed(() => nameOf(this.connection() ?? {}));
  protected readonly phase = computed(() => {
    const connection = this.connection();
    return connection ? phaseOf(connection) : 'waiting';
  });
  protected readonly words = computed(() => phases[this.phase()]);
  protected readonly isOver = computed(() => {
    const connection = this.connection();
    return !!connection && isOver(connection);
  });
  private readonly queue = injectSnapshot(injectQueuePoller());
  protected readonly isOld = computed(() => {
    const [connection, queue] = [this.connection(), this.queue()];
    return !!connection && !!queue && mayBeOld(connection, queue);
  });
  protected readonly doubt = computed(() => {
    const [connection, queue] = [this.connection(), this.queue()];
    return connection && queue ? doubtWords(connection, queue) : '';
  });
  protected readonly hasAccounts = computed(() => hasAccounts(this.phase()));
  protected readonly story = computed(() => this.snapshot()?.stories[this.id()] ?? noStory);
  protected readonly topic = computed(() => {
    const connection = this.connection();
    return connection ? topicOf(connection) : this.phase();
  });
  /** Another object each time that this card is to have the focus. */
  private readonly focus = computed(() => this.snapshot()?.focus);
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');

  constructor() {
    afterRenderEffect(() => {
      if (this.focus()?.id === this.id()) this.title().nativeElement.focus();
    });
    this.handFocusOn();
  }

  protected showAccounts(): void {
    window.personetics.show('linked');
  }

  /** When what has the focus goes away. An effect runs before the view is another. */
  private handFocusOn(): void {
    const card = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const injector = inject(Injector);
    effect(() => {
      this.topic();
      const { activeElement } = document;
      const leaving = activeElement?.closest('.sync-message, .sync-buttons');
      if (!leaving || !card.contains(leaving)) return;
      const focus = (): void => this.title().nativeElement.focus({ preventScroll: true });
      afterNextRender(focus, { injector });
    });
  }
}
