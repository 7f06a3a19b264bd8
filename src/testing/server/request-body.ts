import type { IncomingMessage } from 'node:http';

const LIMIT = 1_000_000;

/** The body was longer than any command is. */
export class BodyTooLarge extends Error {
  constructor() {
    super(`A body has ${LIMIT} bytes at most.`);
  }
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // What is too much is read all the same, and forgotten: a client that still sends does not hear an answer.
    if (size <= LIMIT) chunks.push(chunk);
  }
  if (size > LIMIT) throw new BodyTooLarge();
  return Buffer.concat(chunks).toString('utf8');
}
