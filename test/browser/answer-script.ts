import { expect, inject } from 'vitest';
import type { Arrival, Step } from './scripted-server.ts';

/** The answers that a test gives to the scripted server, and the requests that arrived. */
export interface AnswerScript {
  /** The address of one of the servers. */
  address(name: string): string;
  arrivals(): Promise<Arrival[]>;
  /** Reads the arrivals from the server until they are as expected. */
  until(condition: (arrivals: Arrival[]) => boolean): Promise<void>;
}

/** @param steps The answers, in the order of the requests. The last one is repeated. */
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
