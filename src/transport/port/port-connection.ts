import { openLine } from './port-line.ts';
import type { NearMessage } from './port-messages.ts';

/** The way to the far side, there already or still to be found. */
export interface Connection {
  /** Sends a message, or keeps it until there is a way. `lose` is told when there will be none. */
  post(message: NearMessage): void;
  /** Takes a request back that is still kept. False if it has been sent. */
  withdraw(id: number): boolean;
  /** Ends it, and says so to the far side. */
  close(): void;
}

/** Who is told what comes from the far side, and that nothing more will come for what has been posted. */
export interface ConnectionListener {
  hear(data: unknown): void;
  lose(why: string): void;
}

/** The way through a port that was given: once lost, it stays so. */
export function connectPort(port: MessagePort, { hear, lose }: ConnectionListener): Connection {
  let why: string | undefined;
  const { post, close } = openLine(port, {
    hear,
    lose(reason) {
      why = reason;
      lose(reason);
    },
  });
  return {
    post: (message) => (why ? lose(why) : post(message)),
    withdraw: () => false,
    close,
  };
}
