import { expect, inject } from 'vitest';
import type { Arrival, Step } from './scripted-server.ts';

/** The answers that a test has written down for the scripted server, and what has come for them. */
export interface AnswerScript {
  /** The address of one of its servers. */
  address(name: string): string;
  arrivals(): Promise<Arrival[]>;
  /** Asks the server until what has arrived is as expected. */
  until(condition: (arrivals: Arrival[]) => boolean): Promise<void>;
}

/** @param steps How the requests are answered, in their order; the last one for good. */
export async function scriptAnswers(...steps: Step[]): Promise<AnswerScript> {
  const url = `${inject('scriptedServer')}/${crypto.randomUUID()}`;
  await fetch(url, { method: 'PUT', body: JSON.stringify(steps) });
  const arrivals = async (): Promise<Arrival[]> => (await fetch(url)).json();
  return {
    address: (name) => `${url}/${name}`,
    arrivals,
    until: (condition) => expect.poll(arrivals).toSatisfy(condition),
  };
}
