import { phaseOf, phases } from './phase.js';
import { prompts } from './prompts.js';
import { nameOf } from './words.js';

/**
 * What a screen reader says of a change: the beginning, the end, and what the customer has to do. The steps in between are only
 * shown.
 *
 * @param {import('bankside').ConnectionState} connection
 * @param {import('bankside').ConnectionState | undefined} previous
 */
export function announcementOf(connection, previous) {
  const phase = phaseOf(connection);
  const bank = nameOf(connection);
  const { action } = connection;
  if (action && action.type !== previous?.action?.type) return `${prompts[action.type].title(bank)}.`;
  if (!previous || phase === phaseOf(previous) || phase === 'waiting') return undefined;
  return phase === 'running' ? `${bank} is being updated.` : phases[phase].text(bank);
}
