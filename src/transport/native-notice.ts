import { attempt } from '../attempt.ts';

/** What published delegates pass on of what the widget told them. [seen] */
const PUBLISHED: Readonly<Record<string, (data: never) => object>> = {
  sessionEnded: (data: { widgetType?: unknown } | undefined) => ({ widgetType: data?.widgetType }),
  sessionError: (data: unknown) => ({ data: typeof data === 'string' ? data : JSON.stringify(data) }),
};

/**
 * The `requestData` of a message that wants no answer: an object that names it, as native code was seen to
 * expect it. A widget may give things that cannot be written, such as elements of the page: those are left
 * out rather than the message.
 */
export function noticeData(name: string, data: unknown): unknown {
  return attempt(() => JSON.parse(JSON.stringify(named(name, data)))) ?? { requestString: name };
}

function named(requestString: string, data: unknown): unknown {
  if ((data as { requestString?: unknown } | undefined)?.requestString === requestString) return data;
  const read = Object.hasOwn(PUBLISHED, requestString) ? PUBLISHED[requestString] : undefined;
  return { requestString, ...(read ? read(data as never) : { data }) };
}
