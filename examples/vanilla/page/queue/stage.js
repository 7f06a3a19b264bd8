import { byId } from '../../dom/element.js';
import { createNextSynchronisation } from './next-synchronisation.js';
import { createQueueFaults } from './queue-faults.js';
import { addressAtBank, takeReturn } from './visit.js';

/** Where the panel links a bank without a search. */
const SOME_BANK = { id: 'nl-kaasmolen-bank', name: 'Kaasmolen Bank' };

/**
 * With the sandbox, the page itself brings about what happens at other banks.
 *
 * @param {import('bankside').QueuePoller} poller
 * @param {import('./other-banks.js').OtherBanks} banks
 * @param {(connectionId: string) => Promise<void>} watch
 */
export function createStage(poller, banks, watch) {
  const nextPlay = createNextSynchronisation({ start: startOne, confirm });
  createQueueFaults();
  for (const id of ['next-sync', 'queue-faults']) byId(id, HTMLElement).hidden = false;

  /**
   * @param {string} connectionId
   * @param {import('./other-banks.js').Play} [how]
   */
  async function play(connectionId, how = nextPlay()) {
    await poller.start(); // what happens before there is a queue is not in it
    await watch(connectionId);
    await banks.synchronise(connectionId, how);
    poller.nudge();
  }

  /** @param {string} connectionId of which the customer has done what was owed */
  const mend = (connectionId) => play(connectionId, { ...nextPlay(), scenario: 'success' });

  /** @param {import('./other-banks.js').Institution} institution */
  async function link(institution) {
    await play(await banks.link(institution));
  }

  function startOne() {
    const [known] = poller.connections.keys();
    if (known) play(known);
    else link(SOME_BANK);
  }

  /** At the other bank: this page hears of it from the queue. */
  function confirm() {
    for (const { id, action } of poller.connections.values()) {
      if (action?.type === 'CHALLENGE_REQUIRED') banks.answerChallenge(id);
    }
  }

  return {
    link,
    again: (/** @type {string} */ connectionId) => play(connectionId),

    remedies: {
      async answer(/** @type {string} */ connectionId) {
        const isTaken = await banks.answerChallenge(connectionId);
        poller.nudge();
        return isTaken;
      },
      signIn: mend,
      addressOf: addressAtBank,
    },

    /** Where the customer has come back from another bank. */
    goOn() {
      const connectionId = takeReturn();
      if (connectionId) mend(connectionId);
    },
  };
}
