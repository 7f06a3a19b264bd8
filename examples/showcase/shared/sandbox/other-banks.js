/**
 * What other banks, a back end and the customer's telephone would do, and the sandbox does in their place.
 *
 * @typedef {Awaited<ReturnType<typeof createOtherBanks>>} OtherBanks
 * @typedef {{ id: string, name: string }} Institution
 * @typedef {{ scenario: string, speed: number }} Play
 */
export async function createOtherBanks() {
  /** @type {Map<string, import('bankside').ChannelKind>} */
  const kinds = new Map();
  await learnKinds();

  async function learnKinds() {
    const { channelKinds } = await ask('GET', '/sandbox/connections');
    for (const [id, kind] of Object.entries(channelKinds)) kinds.set(id, kind);
  }

  return {
    /** @param {string} id */
    channelKind: (id) => kinds.get(id),

    /**
     * A connection that does not do anything yet, so that its channels are known when it begins.
     *
     * @param {Institution} institution
     * @returns {Promise<string>} the connection's id
     */
    async link({ id: providerId, name }) {
      const { connectionId } = await ask('POST', '/sandbox/synchronisations', {
        providerId,
        name,
        steps: [],
      });
      await learnKinds();
      return connectionId;
    },

    /**
     * @param {string} connectionId
     * @param {Play} play
     */
    async synchronise(connectionId, { scenario, speed }) {
      const what = scenario === 'random' ? { random: true } : { scenario };
      await ask('POST', '/sandbox/synchronisations', { connectionId, speed, ...what });
    },

    /**
     * @param {string} connectionId
     * @returns {Promise<boolean>} false if nothing was asked
     */
    async answerChallenge(connectionId) {
      const response = await send('POST', '/sandbox/challenge-answers', { connectionId });
      return response.ok;
    },
  };
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [order]
 */
export async function ask(method, path, order) {
  const response = await send(method, path, order);
  if (!response.ok) throw new Error(`The sandbox did not take that: ${response.status}`);
  return response.json();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [order]
 */
function send(method, path, order) {
  const body = order && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) };
  return fetch(path, { method, ...body });
}
