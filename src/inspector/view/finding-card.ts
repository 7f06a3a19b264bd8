import type { Finding } from '../../doctor/finding.ts';
import type { GatewayName } from '../../doctor/remedies.ts';
import { SEVERITIES, subjectWords } from '../model/diagnosis-words.ts';
import { makeButton, makeElement } from './make-element.ts';

/** The gateways, as their makers write them. */
export const GATEWAYS: Readonly<Record<GatewayName, string>> = {
  nginx: 'nginx',
  apache: 'Apache',
  spring: 'Spring Cloud Gateway',
  envoy: 'Envoy',
  azure: 'Azure API Management',
};

/** @param copy Copies the text. @param gateway Which configuration is shown. */
export function findingCard(
  finding: Finding,
  gateway: GatewayName,
  copy: (text: string) => void,
): HTMLElement {
  const { severity, subject, request, seen, effect, advice, header, fixes } = finding;
  const [mark, name] = SEVERITIES[severity];
  const facts: (readonly [term: string, ...said: (Node | string)[]])[] = [
    ['Request', request],
    ['Effect', effect],
    ['Advice', advice],
    ...(header ? [['Header', ...copyable(header, 'Copy the header', copy)] as const] : []),
  ];
  const lines = facts.map(([term, ...said]) =>
    makeElement('div', {}, makeElement('dt', {}, term), makeElement('dd', {}, ...said)),
  );
  return makeElement(
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
    ...(fixes ? [configuration(fixes[gateway], gateway, copy)] : []),
  );
}

function configuration(lines: string, gateway: GatewayName, copy: (text: string) => void): HTMLElement {
  return makeElement(
    'details',
    {},
    makeElement('summary', {}, `Configuration of ${GATEWAYS[gateway]}`),
    makeElement('pre', {}, lines),
    copyButton(lines, 'Copy the configuration', copy),
  );
}

function copyable(text: string, label: string, copy: (text: string) => void): (Node | string)[] {
  return [makeElement('code', {}, text), copyButton(text, label, copy)];
}

function copyButton(text: string, label: string, copy: (text: string) => void): HTMLElement {
  const button = makeButton('Copy', () => copy(text));
  button.setAttribute('aria-label', label);
  return button;
}
