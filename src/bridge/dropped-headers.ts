import type { Emitter } from '../emitter.ts';
import { shortText } from '../text/printable.ts';
import type { WidgetRequest } from '../transport/transport.ts';
import type { InnerEvents } from './bridge-events.ts';

/** Widgets have a handful. */
const MOST_NAMES = 100;
const LONGEST_NAME = 64;

/** Tells which headers of the widget's were left out: each name once, as shipped widgets send some with every request. */
export interface DroppedHeaders {
  tell(request: WidgetRequest, names: readonly string[]): void;
  clear(): void;
}

export function createDroppedHeaders(emit: Emitter<InnerEvents>['emit']): DroppedHeaders {
  const told = new Set<string>();

  /** Whether a name is to be told. It then has been. */
  function isNews(name: string): boolean {
    const key = name.toLowerCase();
    return told.size < MOST_NAMES && told.size < told.add(key).size;
  }

  return {
    tell(request, names) {
      // A transport of the page's own may tell anything.
      const read = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
      const news = read.map((name) => shortText(name, LONGEST_NAME)).filter(isNews);
      if (news.length > 0) emit('droppedHeaders', { request, names: news });
    },
    clear: () => told.clear(),
  };
}
