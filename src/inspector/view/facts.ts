import { QUEUE_LIFE } from '../../queue/pace/schedule.ts';
import { type LifeLog, queueAge } from '../model/life-log.ts';
import { count, failureWords, formatDuration } from '../model/words.ts';
import { makeElement, setText } from './make-element.ts';
import type { Subject } from './timeline.ts';

/** The counts of requests, and the state of the queue. */
export class Facts {
  readonly element: HTMLElement = makeElement('dl', { class: 'facts' });
  readonly #values = new Map<string, HTMLElement>();
  readonly #meter: HTMLElement = makeElement('div', {
    class: 'meter',
    role: 'meter',
    'aria-label': 'Age of the queue',
    'aria-valuemin': '0',
    'aria-valuemax': `${QUEUE_LIFE / 1_000}`,
  });
  readonly #fill: HTMLElement = makeElement('div');

  render({ log, hasBridge, nextPollIn, failure }: Subject, now: number): void {
    const { pending, answered, failed, late } = log.counts;
    if (hasBridge) {
      this.#show('Pending', `${pending}`, pending ? 'busy' : '');
      this.#show('Answered', `${answered}`);
      this.#show('Failed', `${failed}`, failed ? 'bad' : '');
      this.#show('Late or stray', `${late}`, late ? 'odd' : '');
      this.#show('Bridge', log.isDisposed ? 'disposed' : undefined, 'bad');
    }
    const { status } = log.queue;
    this.#show('Poller', status, status === 'failed' ? 'bad' : '');
    if (!status) return;
    const next = nextPollIn === undefined ? 'none' : timeUntil(nextPollIn);
    this.#show('Polls', failure && `fail: ${failureWords(failure)}`, 'bad');
    this.#show('Next try', failure && next, 'bad');
    this.#show('Next poll', failure ? undefined : next);
    this.#showAge(queueAge(log.queue, now));
    this.#showDoubts(log, now);
  }

  #showDoubts({ doubts }: LifeLog, now: number): void {
    const since = doubts.lasting(now);
    const words = `${count(since.length, 'connection')}, for ${coarse(now - Math.min(now, ...since))}`;
    this.#show('In doubt', since.length ? words : undefined, 'warn');
  }

  #show(term: string, text: string | undefined, tone = ''): HTMLElement {
    const known = this.#values.get(term);
    const value = known ?? makeElement('dd');
    if (!known) {
      this.#values.set(term, value);
      this.element.append(makeElement('div', {}, makeElement('dt', {}, term), value));
    }
    if (value.parentElement) value.parentElement.hidden = text === undefined;
    setText(value, text ?? '');
    if (value.dataset['tone'] !== tone) value.dataset['tone'] = tone;
    return value;
  }

  /** The age in relation to the 15 minutes after which a queue expires. */
  #showAge(age: number | undefined): void {
    const value = this.#show('Last poll', age === undefined ? 'unknown' : `${coarse(age)} ago`);
    this.#meter.hidden = age === undefined;
    const share = Math.min(1, (age ?? 0) / QUEUE_LIFE);
    this.#fill.style.transform = `scaleX(${share.toFixed(3)})`;
    this.#meter.dataset['tone'] = share > 0.95 ? 'bad' : share > 0.8 ? 'warn' : '';
    // Attributes, because Firefox supports the ARIA properties only since version 119.
    this.#meter.setAttribute('aria-valuenow', `${Math.round((share * QUEUE_LIFE) / 1_000)}`);
    this.#meter.setAttribute('aria-valuetext', `${coarse(age ?? 0)} of ${coarse(QUEUE_LIFE)}`);
    if (this.#meter.isConnected) return;
    this.#meter.append(this.#fill);
    value.after(makeElement('dd', {}, this.#meter));
  }
}

function timeUntil(ms: number): string {
  return ms < 500 ? 'now' : `in ${coarse(ms)}`;
}

/** Without tenths of a second, which would change with each frame. */
function coarse(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1_000)} s` : formatDuration(ms);
}
