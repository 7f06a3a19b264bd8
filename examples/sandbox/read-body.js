const LIMIT = 1_000_000;

/** The body was longer than any command is. */
export class BodyTooLarge extends Error {}

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<string>}
 */
export async function readBody(request) {
  const chunks = [];
  let size = 0;
  // An iterator that is left early would close the connection, and with it the way for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LIMIT) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
