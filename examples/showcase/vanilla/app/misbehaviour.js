import { byId } from '../../shared/dom/element.js';
import { createFaultButton } from '../../shared/panel/troubles.js';

/** How late the bridge comes, in ms. */
const LATE = 1_200;

/**
 * The buttons that make the native side misbehave.
 *
 * @param {import('./web-view.js').WebView} webView
 * @returns {(run: () => void) => void} runs something in the page: once, or as was asked for last
 */
export function createMisbehaviour(webView) {
  const words = byId('app-expect', HTMLElement);
  let times = 1;

  /** @param {number} count how often the next answer is handed over */
  const spoilNext = (count) => () => {
    times = count;
    askAgain();
  };
  const askAgain = () => webView.page.personetics?.refresh('insights');

  const choices = [
    {
      name: 'twice',
      label: 'Two answers',
      expect: 'The next reply is handed over twice. The second one is dropped.',
      act: spoilNext(2),
    },
    {
      name: 'never',
      label: 'No answer',
      expect:
        'The next reply is lost. The request times out, and the widget gets a failure reply instead of silence.',
      act: spoilNext(0),
    },
    {
      name: 'late-bridge',
      label: 'Bridge comes late',
      expect: `The page is loaded again, and finds the bridge only ${LATE / 1_000} seconds later. Its requests wait.`,
      act: () => webView.load('./?in-app', LATE),
    },
    {
      name: 'no-bridge',
      label: 'Bridge is gone',
      expect:
        'The page looks for the bridge for 2 seconds, then its requests fail with NO_CHANNEL. None is dropped silently.',
      act() {
        webView.withdraw();
        askAgain();
      },
    },
    {
      name: 'reset',
      label: 'Reset',
      expect: 'The page is loaded again, and the app behaves.',
      act: () => webView.load('./'),
    },
  ];

  byId('app-faults', HTMLElement).append(
    ...choices.map(({ name, label, expect, act }) =>
      createFaultButton(label, name, () => {
        words.textContent = expect;
        times = 1;
        act();
      }),
    ),
  );

  return (run) => {
    const count = times;
    times = 1;
    for (let i = 0; i < count; i++) run();
  };
}
