import { scriptAnswers } from './answer-script.ts';
import type { Step } from './scripted-server.ts';

const made = new Set<string>();

export interface WidgetScript {
  readonly src: string;
  /** How often it was fetched. */
  fetches(): Promise<number>;
}

/**
 * A script that creates a global, whose name says how often it has run.
 *
 * @param first The first answer, if that is not the script.
 */
export async function widgetScript(global: string, first?: Step): Promise<WidgetScript> {
  made.add(global);
  const body = `globalThis.${global} = { name: 'run ' + (1 + Number(globalThis.${global}?.name.slice(4) ?? 0)) };`;
  const script: Step = { headers: { 'content-type': 'text/javascript' }, body };
  const answers = await scriptAnswers(...(first ? [first, script] : [script]));
  return {
    src: answers.address('widget.js'),
    fetches: async () => (await answers.arrivals()).length,
  };
}

/** Removes what the scripts have left. Files of tests share their page. */
export function forgetWidget(): void {
  for (const global of made) Reflect.deleteProperty(globalThis, global);
  made.clear();
  for (const element of document.querySelectorAll('script[src$="/widget.js"]')) element.remove();
}
