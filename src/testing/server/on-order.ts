import { refuse } from './answers.ts';
import type { Route } from './route.ts';

/**
 * A route that takes an order as a JSON object. One that makes no sense, which a `TypeError` says, is refused with a word
 * why.
 */
export function onOrder(carryOut: (order: Readonly<Record<string, unknown>>) => Response): Route {
  return async (request) => {
    const body = await request.text();
    try {
      return carryOut(parse(body));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return refuse(400, error.message);
    }
  };
}

function parse(body: string): Readonly<Record<string, unknown>> {
  const order = parsed(body);
  if (typeof order !== 'object' || order === null) throw new TypeError('The body must be a JSON object.');
  return order as Readonly<Record<string, unknown>>;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
