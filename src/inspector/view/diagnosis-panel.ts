import type { Check } from '../../doctor/examine.ts';
import type { Finding } from '../../doctor/finding.ts';
import type { GatewayName } from '../../doctor/remedies.ts';
import {
  bySeverity,
  type DiagnosisState,
  planWords,
  stateWords,
  subjectWords,
} from '../model/diagnosis-words.ts';
import { count } from '../model/words.ts';
import type { CopiedName } from './copy-text.ts';
import { findingCard, GATEWAYS } from './finding-card.ts';
import { makeButton, makeElement, makeSelect, setText } from './make-element.ts';

export interface DiagnosisPanelEvents {
  /** Runs it again, with the same options. */
  again(): void;
  stop(): void;
  close(): void;
  copy(text: string, name: CopiedName): void;
}

/** What a diagnosis sends, how far it is, and what it found. Hidden until there is one. */
export class DiagnosisPanel {
  readonly element: HTMLElement;
  readonly #events: DiagnosisPanelEvents;
  readonly #status = makeElement('p', { class: 'state' });
  /** Stops it, or runs it again: one button, so that the keyboard's focus stays. */
  readonly #action: HTMLButtonElement;
  readonly #content = makeElement('div', { class: 'content' });
  /** While it runs. */
  #running: { readonly plan: readonly string[]; readonly list: HTMLElement } | undefined;
  #shown: DiagnosisState | undefined;
  #gateway: GatewayName = 'nginx';

  constructor(events: DiagnosisPanelEvents) {
    this.#events = events;
    this.#action = makeButton('Stop', () => {
      if (this.#shown?.state === 'running') events.stop();
      else events.again();
    });
    const heading = makeElement('p', { class: 'title' }, 'Diagnosis');
    const close = makeButton('Close', () => events.close());
    close.setAttribute('aria-label', 'Close the diagnosis');
    this.element = makeElement(
      'section',
      { class: 'diagnosis', 'aria-label': 'Diagnosis' },
      makeElement('div', { class: 'bar' }, heading, this.#action, close),
      this.#status,
      this.#content,
    );
    this.element.hidden = true;
  }

  render(shown: DiagnosisState | undefined): void {
    this.#shown = shown;
    this.element.hidden = shown === undefined;
    if (!shown) return;
    this.element.dataset['state'] = shown.state;
    setText(this.#status, stateWords(shown));
    setText(this.#action, shown.state === 'running' ? 'Stop' : 'Run again');
    if (shown.state === 'running') this.#renderRunning(shown);
    else {
      // Where it was stopped, what was done stays.
      if (shown.state === 'ended' || shown.plan.length === 0)
        this.#content.replaceChildren(...this.#contentOf(shown));
      this.#running = undefined;
    }
  }

  /** Adds the new checks, and leaves all else as the user has folded it. */
  #renderRunning({ plan, checks }: DiagnosisState & { readonly state: 'running' }): void {
    if (this.#running?.plan !== plan) {
      const list = makeElement('ul', { class: 'checks', 'aria-label': 'Checks' });
      this.#running = { plan, list };
      this.#content.replaceChildren(foldedPlan(plan, true), list);
    }
    const { list } = this.#running;
    for (const check of checks.slice(list.childElementCount)) {
      const words = check.result === 'fine' ? `${checkWords(check)}: fine` : checkWords(check);
      list.append(makeElement('li', { 'data-result': check.result }, words));
    }
  }

  #contentOf(shown: DiagnosisState): readonly Node[] {
    if (shown.state !== 'ended') return [];
    const { findings, checks } = shown.diagnosis;
    const of = (result: Check['result']): readonly Check[] =>
      checks.filter((check) => check.result === result);
    const fine = of('fine');
    const skipped = of('skipped');
    return [
      ...this.#findings(findings),
      ...(fine.length ? [folded(`${count(fine.length, 'check')} fine`, fine.map(checkWords))] : []),
      ...(skipped.length
        ? [folded(`${count(skipped.length, 'check')} skipped`, skipped.map(checkWords))]
        : []),
      foldedPlan(shown.plan),
    ];
  }

  #findings(findings: readonly Finding[]): readonly Node[] {
    if (findings.length === 0) return [];
    const cards = bySeverity(findings).map((one) => findingCard(one, this.#gateway, this.#events.copy));
    const elements = cards.map(({ element }) => element);
    const list = makeElement('ul', { class: 'findings', 'aria-label': 'Findings' }, ...elements);
    if (!findings.some(({ fixes }) => fixes)) return [list];
    const choice = makeSelect('Gateway', GATEWAYS, this.#gateway);
    choice.addEventListener('change', () => {
      this.#gateway = choice.value as GatewayName;
      for (const card of cards) card.choose(this.#gateway);
    });
    return [makeElement('p', { class: 'choice' }, 'Configuration for ', choice), list];
  }
}

function checkWords({ subject, name, result, reason }: Check): string {
  const words = `${subjectWords(subject)}: ${name}`;
  if (result === 'skipped') return `${words}. Skipped: ${reason ?? ''}`;
  return result === 'found' ? `${words}. Something was found` : words;
}

function folded(summary: string, lines: readonly string[]): HTMLElement {
  return foldedElements(summary, [listOf(lines)]);
}

/** The requests of a server stand under its name. */
function foldedPlan(plan: readonly string[], isOpen = false): HTMLElement {
  const parts: HTMLElement[] = [];
  for (const line of plan) {
    const request = /^- (.*)/.exec(line)?.[1];
    const last = parts.at(-1);
    if (request === undefined) parts.push(makeElement('p', {}, planWords(line)));
    else if (last?.localName === 'ul') last.append(makeElement('li', {}, request));
    else parts.push(listOf([request]));
  }
  const details = foldedElements('The plan', parts);
  details.open = isOpen;
  return details;
}

function listOf(lines: readonly string[]): HTMLElement {
  return makeElement('ul', {}, ...lines.map((line) => makeElement('li', {}, line)));
}

function foldedElements(summary: string, parts: readonly Node[]): HTMLDetailsElement {
  return makeElement('details', {}, makeElement('summary', {}, summary), ...parts);
}
