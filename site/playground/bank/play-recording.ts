import type { WidgetBridge } from 'bankside';
import type { RecordedAsk } from '../worker/commands.ts';

/**
 * Sends the requests of a recording over a bridge, each at its time.
 *
 * @param show Is called with how many were sent, before the first and after each.
 */
export async function playRecording(
  bridge: WidgetBridge,
  requests: readonly RecordedAsk[],
  show: (sent: number) => void,
): Promise<void> {
  const begin = performance.now();
  show(0);
  for (const [index, { at, server, body }] of requests.entries()) {
    const pause = begin + at - performance.now();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    // Its failure is in the inspector, and is what the recording is for.
    bridge.send(server, commandOf(body)).catch(() => {});
    show(index + 1);
  }
}

/** A body was recorded as an object, or as the JSON text that it was. */
function commandOf(body: unknown): object {
  if (typeof body === 'object' && body !== null) return body;
  try {
    return Object(JSON.parse(String(body)));
  } catch {
    return {};
  }
}
