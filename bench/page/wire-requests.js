import { QueuePoller } from 'bankside';

/**
 * Polls at the usual pace.
 *
 * @param {{ baseUrl: string, accessToken: string, polls: number }} options
 * @returns {Promise<void>} Once so many have been answered.
 */
export async function pollFor({ baseUrl, accessToken, polls }) {
  const poller = new QueuePoller({ baseUrl, accessToken, schedule: { closeFor: 600_000 } });
  let answered = 0;
  const enough = new Promise((resolve) => {
    poller.on('poll', () => {
      answered += 1;
      if (answered === polls) resolve(undefined);
    });
  });
  await poller.start();
  await enough;
  await poller.stop();
}
