import type * as z from 'zod/mini';
import { named, read } from '../read.ts';
import { TooMany } from '../too-many.ts';
import { refuse } from './answers.ts';
import type { Route } from './route.ts';

/** A route that takes an order as JSON. One that makes no sense, which a `TypeError`
 * says, or for which there is no room, is refused with a word why. */
export function onOrder<T>(schema: z.ZodMiniType<T>, carryOut: (order: T) => Response): Route {
  return async (request) => {
    const body = await request.text();
    try {
      return carryOut(read(schema, parsed(body), named('The body')));
    } catch (error) {
      if (error instanceof TooMany) return refuse(429, error.message);
      if (!(error instanceof TypeError)) throw error;
      return refuse(400, error.message);
    }
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new TypeError('The body must be JSON.');
  }
}
