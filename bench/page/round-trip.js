import { interleave } from './interleave.js';
import { command, insights } from './messages.js';
import { ownTurn } from './own-turn.js';
import { subjects } from './subjects.js';
import { Widget } from './widget.js';

/** What is sent: objects, as current web samples pass them, or JSON text both ways, as the vendor's documents say. */
const forms = {
  objects: { body: command, reply: insights },
  text: { body: JSON.stringify(command), reply: JSON.stringify(insights) },
};

/**
 * Sequential round trips: the widget sends a request, waits for the reply, and sends the next. The transport
 * answers at once.
 *
 * @param {{ form: keyof typeof forms, apart: boolean, trips: number, warmUp: number, rounds: number }} options `apa
 * rt`: each in its own task, as with a network, and not all in one chain of promises.
 */
export function measure({ form, apart, trips, ...turns }) {
  const { body, reply } = forms[form];
  const pause = apart ? ownTurn() : undefined;
  const batches = Object.entries(subjects).map(([name, create]) => {
    const widget = new Widget();
    const ask = create({ send: () => Promise.resolve(reply), widget });
    let id = 0;
    return {
      name,
      async run() {
        for (let trip = 0; trip < trips; trip += 1) {
          const replied = widget.nextReply();
          id += 1;
          ask(body, `${id}`);
          await replied;
          if (pause) await pause();
        }
        if (widget.replies !== id) throw new Error(`${name}: ${widget.replies} replies to ${id} requests`);
      },
    };
  });
  return interleave(batches, turns);
}
