import { takeReturn } from '../connections/visit.js';
import { nextPlay } from './next-play.js';

/** What is linked without a search. */
const SOME_BANK = { id: 'nl-kaasmolen-bank', name: 'Kaasmolen Bank' };

/** @typedef {ReturnType<typeof createStage>} Stage */

/**
 * With the sandbox, the page itself triggers what happens at other banks.
 *
 * @param {object} cast
 * @param {import('bankside').QueuePoller} cast.poller
 * @param {import('./other-banks.js').OtherBanks} cast.banks
 * @param {(connectionId: string) => Promise<void>} cast.watch resolves once the connection is shown
 */
export function createStage({ poller, banks, watch }) {
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

  /** @param {string} connectionId of which the customer has done what the bank asked for */
  const signIn = (connectionId) => play(connectionId, { ...nextPlay(), scenario: 'success' });

  /** @param {import('./other-banks.js').Institution} institution */
  async function link(institution) {
    await play(await banks.link(institution));
  }

  return {
    /** Whether this page stands in for the other banks' pages, too. */
    actsHere: false,
    link,
    again: (/** @type {string} */ connectionId) => play(connectionId),
    signIn,

    startOne() {
      const [known] = poller.connections.keys();
      return known ? play(known) : link(SOME_BANK);
    },

    /** At the other bank: the queue reports it to this page. */
    confirm() {
      for (const { id, action } of poller.connections.values()) {
        if (action?.type === 'CHALLENGE_REQUIRED') banks.answerChallenge(id);
      }
    },

    async answer(/** @type {string} */ connectionId) {
      const isTaken = await banks.answerChallenge(connectionId);
      poller.nudge();
      return isTaken;
    },

    /** Where the customer has come back from another bank. */
    goOn() {
      const connectionId = takeReturn();
      if (connectionId) signIn(connectionId);
    },
  };
}
