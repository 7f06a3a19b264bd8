import type { Finding } from '../../doctor/finding.ts';
import type { Fixes, GatewayName } from '../../doctor/remedies.ts';
import { SEVERITIES, subjectWords } from '../model/diagnosis-words.ts';
import type { CopiedName } from './copy-text.ts';
import { makeButton, makeElement, setText } from './make-element.ts';

/** The gateways, as their makers write them. */
export const GATEWAYS: Readonly<Record<GatewayName, string>> = {
  nginx: 'nginx',
  apache: 'Apache',
  spring: 'Spring Cloud Gateway',
  envoy: 'Envoy',
  azure: 'Azure API Management',
};

type Copy = (text: string, name: CopiedName) => void;

export interface FindingCard {
  readonly element: HTMLElement;
  /** Shows the configuration of a gateway, folded or not as before. */
  choose(gateway: GatewayName): void;
}

/** @param copy Copies the text. @param gateway Which configuration is shown. */
export function findingCard(finding: Finding, gateway: GatewayName, copy: Copy): FindingCard {
  const { severity, subject, request, seen, effect, advice, header, fixes } = finding;
  const [mark, name] = SEVERITIES[severity];
  const facts: (readonly [term: string, ...said: (Node | string)[]])[] = [
    ['Request', request],
    ['Effect', effect],
    ['Advice', advice],
    ...(header
      ? [['Header', makeElement('code', {}, header), copyButton('header', () => header, copy)] as const]
      : []),
  ];
  const lines = facts.map(([term, ...said]) =>
    makeElement('div', {}, makeElement('dt', {}, term), makeElement('dd', {}, ...said)),
  );
  const configured = fixes && configuration(fixes, gateway, copy);
  const element = makeElement(
    'li',
    { class: 'finding', 'data-tone': severity },
    makeElement(
      'p',
      { class: 'heading' },
      makeElement('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
      makeElement('span', { class: 'badge' }, `${name}, ${subjectWords(subject)}: `),
      seen,
    ),
    makeElement('dl', {}, ...lines),
    ...(configured ? [configured.element] : []),
  );
  return { element, choose: (other) => configured?.choose(other) };
}

function configuration(fixes: Fixes, gateway: GatewayName, copy: Copy): FindingCard {
  const summary = makeElement('summary');
  const lines = makeElement('pre');
  const choose = (chosen: GatewayName): void => {
    setText(summary, `Configuration of ${GATEWAYS[chosen]}`);
    setText(lines, fixes[chosen]);
  };
  choose(gateway);
  const button = copyButton('configuration', () => lines.textContent ?? '', copy);
  return { element: makeElement('details', {}, summary, lines, button), choose };
}

function copyButton(name: CopiedName, text: () => string, copy: Copy): HTMLElement {
  const button = makeButton('Copy', () => copy(text(), name));
  button.setAttribute('aria-label', `Copy the ${name}`);
  return button;
}
