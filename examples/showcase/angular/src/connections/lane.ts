import { DatePipe } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import type { ChannelState } from 'bankside';
import { type Step, titleOfLane } from '../../../shared/connections/story.js';
import { channelWords, wordsOf } from '../../../shared/connections/words.js';

/** What comes from one channel of a connection, oldest first. */
@Component({
  selector: 'section[bankLane]',
  host: {
    class: 'lane',
    '[attr.data-channel]': 'channel().id',
    '[attr.data-kind]': 'channel().kind',
    '[attr.data-status]': 'channel().status',
    '[attr.data-needs-user]': '!!channel().action',
    '[attr.aria-labelledby]': '"lane-" + channel().id',
  },
  imports: [DatePipe],
  template: `
    <div class="lane-head">
      <h4 id="lane-{{ channel().id }}">{{ title() }}</h4>
      @if (note(); as words) {
        <span class="tag">{{ words }}</span>
      }
    </div>
    <span class="lane-state">{{ wordsOf(channel().status) }}</span>
    <span class="lane-bar" aria-hidden="true"></span>
    <ol class="steps" role="list">
      @for (step of steps(); track step) {
        <li class="step" [attr.data-step]="step.name" [attr.data-looked-up]="step.isLookedUp">
          <span class="step-words">{{ step.words }}</span>
          @if (step.isLookedUp) {
            <span class="step-note">looked up</span>
          }
          <time class="step-time" [dateTime]="step.at * 1000 | date: 'yyyy-MM-ddTHH:mm:ssZZZZZ'">{{
            step.at * 1000 | date: 'HH:mm:ss'
          }}</time>
        </li>
      }
    </ol>
  `,
})
export class Lane {
  readonly channel = input.required<ChannelState>();
  readonly steps = input.required<readonly Step[]>();
  protected readonly title = computed(() => titleOfLane(this.channel()));
  protected readonly note = computed(() => {
    const { kind } = this.channel();
    return kind && channelWords[kind].note;
  });
  protected readonly wordsOf = wordsOf;
}
