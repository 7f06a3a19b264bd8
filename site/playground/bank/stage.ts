import type { QueuePoller } from 'bankside';
import type { ChannelKind } from 'bankside/testing';
import type { Stage } from '../../../examples/showcase/shared/sandbox/stage.js';
import type { Institution, Play } from '../worker/commands.ts';
import type { SandboxLink } from '../worker/connect-sandbox.ts';

/** What is linked without a search. */
const SOME_BANK: Institution = { id: 'nl-kaasmolen-bank', name: 'Kaasmolen Bank' };

interface StageParts {
  readonly poller: QueuePoller;
  readonly link: SandboxLink;
  readonly play: Play;
  /** Learns the kinds of channels. */
  readonly kinds: Map<string, ChannelKind>;
  /** Resolves once the connection is shown. */
  readonly watch: (connectionId: string) => Promise<void>;
}

/** What other banks and the customer's telephone would do, which the sandbox does in their place. */
export function createStage({ poller, link, play, kinds, watch }: StageParts): Stage {
  async function synchronise(connectionId: string, how: Play, look = watch): Promise<void> {
    await poller.start(); // what happens before there is a queue is not in it
    await look(connectionId);
    await link.run('synchronise', { connectionId, ...how });
    poller.nudge();
  }

  async function addConnection(institution: Institution): Promise<string> {
    const { connectionId, kinds: learnt } = await link.run('link', institution);
    for (const [id, kind] of Object.entries(learnt)) if (kind) kinds.set(id, kind);
    return connectionId;
  }

  async function answer(connectionId: string): Promise<boolean> {
    const isTaken = await link.run('answerChallenge', connectionId);
    poller.nudge();
    return isTaken;
  }

  return {
    actsHere: true,
    link: async (institution) => synchronise(await addConnection(institution), play),
    again: (connectionId) => synchronise(connectionId, play),
    signIn: (connectionId) => synchronise(connectionId, { ...play, scenario: 'success' }),
    /** By itself, when the page was loaded: it does not take the focus from what the visitor does around the frame. */
    startOne: async () => synchronise(await addConnection(SOME_BANK), play, (id) => whenKnown(poller, id)),
    confirm() {
      for (const { id, action } of poller.connections.values()) {
        if (action?.type === 'CHALLENGE_REQUIRED') answer(id).catch(() => {});
      }
    },
    answer,
    goOn() {},
  };
}

/** Resolves once the poller has read the connection. */
function whenKnown(poller: QueuePoller, id: string): Promise<void> {
  poller.track(id);
  return new Promise((resolve) => {
    if (poller.connections.has(id)) return resolve();
    const off = poller.subscribe(() => {
      if (!poller.connections.has(id)) return;
      off();
      resolve();
    });
  });
}
