import type { LifeLog } from '../model/life-log.ts';
import { QUEUE_LIFE, queueAge } from '../model/queue-age.ts';
import { lasting } from '../model/words.ts';
import { makeElement, setText } from './make-element.ts';

/** What is said at all times: how many requests came to what, and how the queue is. */
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

  render(log: LifeLog, hasBridge: boolean, nextPollIn: number | undefined, now: number): void {
    const { pending, answered, failed, late } = log.counts;
    if (hasBridge) {
      this.#say('Pending', `${pending}`, pending ? 'busy' : '');
      this.#say('Answered', `${answered}`);
      this.#say('Failed', `${failed}`, failed ? 'bad' : '');
      this.#say('Late or stray', `${late}`, late ? 'odd' : '');
      this.#say('Bridge', log.isDisposed ? 'disposed' : undefined, 'bad');
    }
    const { status } = log.queue;
    this.#say('Poller', status, status === 'failed' ? 'bad' : '');
    if (!status) return;
    this.#say('Next read', nextPollIn === undefined ? 'none' : inTime(nextPollIn));
    this.#age(queueAge(log.queue, now));
  }

  #say(term: string, text: string | undefined, tone = ''): HTMLElement {
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

  /** Of the 15 minutes that a queue lives after it was asked. */
  #age(age: number | undefined): void {
    const value = this.#say('Queue asked', age === undefined ? 'not seen yet' : `${coarse(age)} ago`);
    this.#meter.hidden = age === undefined;
    const share = Math.min(1, (age ?? 0) / QUEUE_LIFE);
    this.#fill.style.transform = `scaleX(${share.toFixed(3)})`;
    this.#meter.dataset['tone'] = share > 0.95 ? 'bad' : share > 0.8 ? 'warn' : '';
    // No properties, which Firefox has from 119 on.
    this.#meter.setAttribute('aria-valuenow', `${Math.round((share * QUEUE_LIFE) / 1_000)}`);
    this.#meter.setAttribute('aria-valuetext', `${coarse(age ?? 0)} of ${coarse(QUEUE_LIFE)}`);
    if (this.#meter.isConnected) return;
    this.#meter.append(this.#fill);
    value.after(makeElement('dd', {}, this.#meter));
  }
}

function inTime(ms: number): string {
  return ms < 500 ? 'now' : `in ${coarse(ms)}`;
}

/** Without tenths, which would change with each frame. */
function coarse(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1_000)} s` : lasting(ms);
}
