/**
 * How the widget's views ask the page, and tell it what happens. The widget has no other way to a server.
 *
 * @typedef {'pserver' | 'enrich' | 'ob'} Server
 *
 * @typedef {object} Client
 * @property {(server: Server, type: string, fields: object, ok: (reply: any) => void, fail: (error: unknown) => void) => void} ask
 *   `ok` is called for each good reply, also for a second one
 * @property {(navigateTarget: string) => void} navigate asks the page to go somewhere
 * @property {(params: Record<string, unknown>) => void} tell what the customer has done
 * @property {(eventId: string, value: string) => void} report for statistics, in builds that report
 */

/**
 * For what takes several steps.
 *
 * @param {Client} client
 * @param {Server} server
 * @param {string} type
 * @param {object} [fields]
 * @returns {Promise<Record<string, any>>}
 */
export function request(client, server, type, fields = {}) {
  return new Promise((resolve, reject) => client.ask(server, type, fields, resolve, reject));
}
