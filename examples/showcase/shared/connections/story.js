import { counted } from '../widget/format.js';
import { channelWords, wordsOf } from './words.js';

const MOST_STEPS = 6;

/**
 * @typedef {{ name: string, words: string, at: number, isLookedUp: boolean }} Step `at`: unix seconds
 *
 * @typedef {object} Story what the events of a connection said
 * @property {string} latest
 * @property {Readonly<Record<string, readonly Step[]>>} lanes by channel, oldest first
 */

/** @type {Story} */
export const noStory = { latest: '', lanes: {} };

/**
 * Adds an event to the lane of its channel. An event of the whole connection goes to all lanes.
 *
 * @param {Story} story
 * @param {import('bankside').QueueEvent} event
 * @param {import('bankside').ConnectionState} connection
 * @returns {Story}
 */
export function withEvent(story, event, connection) {
  const { event_type: name, creation_date, channel_definition_id: channelId } = event;
  const words = Array.isArray(event.accounts)
    ? `${counted(event.accounts.length, 'account')} found`
    : wordsOf(name);
  const channel = channelId ? connection.channels.get(channelId) : undefined;
  const channels = channelId ? [channel].flatMap((one) => one ?? []) : [...connection.channels.values()];
  const step = { name, words, at: creation_date ?? Date.now() / 1_000, isLookedUp: false };
  const lanes = { ...story.lanes };
  for (const { id } of channels) {
    lanes[id] = withStep(name === 'SYNC_ALL_STARTED' ? [] : lanes[id], step);
  }
  return { latest: channel ? `${titleOfLane(channel)}: ${words}` : words, lanes };
}

/**
 * A status that no event reported: the poller has read it, since events may have been lost.
 *
 * @param {Story} story
 * @param {string} channelId
 * @param {string} status
 * @returns {Story}
 */
export function withLookUp(story, channelId, status) {
  const step = { name: status, words: wordsOf(status), at: Date.now() / 1_000, isLookedUp: true };
  return { ...story, lanes: { ...story.lanes, [channelId]: withStep(story.lanes[channelId], step) } };
}

/** @param {{ readonly id: string, readonly kind?: import('bankside').ChannelKind | undefined }} channel */
export function titleOfLane({ id, kind }) {
  return kind ? channelWords[kind].title : `Channel ${id}`;
}

/**
 * The event of a status that was read may still come. The step is shown once.
 *
 * @param {readonly Step[] | undefined} steps
 * @param {Step} step
 */
function withStep(steps = [], step) {
  const last = steps.at(-1);
  const isSaid = last?.isLookedUp && last.words === step.words;
  return [...(isSaid ? steps.slice(0, -1) : steps), step].slice(-MOST_STEPS);
}
