import type { Answer } from './exchange.ts';
import type { Fault } from './fault.ts';
import { FORM, quotedValue } from './quoted-value.ts';
import { withReason } from './with-reason.ts';

/** A header that a page has to read. `undefined`: it can. */
export function unreadable(answer: Answer, name: 'Location' | 'Date'): string | undefined {
  const header = answer.header(name.toLowerCase());
  const { value, isReadable } = header;
  if (value === undefined)
    return answer.seesAllHeaders
      ? `The answer has no header ${name}.`
      : `This page may read no header ${name}: it is missing, or not exposed.`;
  return isReadable
    ? undefined
    : withReason(`The answer has the header ${name}, but does not expose it.`, header);
}

/** Whether the answer to a read says that nobody may store it, as the poller reads it. */
function forbidsStorage(answer: Answer): boolean {
  return /\bno-store\b/i.test(answer.header('cache-control').value ?? '');
}

/** Whether caches are asked to store an answer. */
function allowsStorage(answer: Answer): boolean {
  return /\bpublic\b|\b(s-)?max-?age="?[1-9]/i.test(answer.header('cache-control').value ?? '');
}

/** For the answer to a read. On the page's own origin there is no preflight, so that it costs nothing to bypass the caches. */
export function storageFaults(answer: Answer): readonly Fault[] {
  if (forbidsStorage(answer) || (answer.isSameOrigin && !allowsStorage(answer))) return [];
  const { value } = answer.header('cache-control');
  const seen =
    value === undefined
      ? 'The answer has no header Cache-Control.'
      : `Cache-Control is ${quotedValue(value, FORM.directives)}, without no-store.`;
  return [{ id: 'no-store', seen }];
}

/**
 * For the answer to a read of a connection that does not exist. Many gateways add headers to answers of success alone: that such an
 * answer lacks `no-store` says nothing of the others, unless the answer for a queue that does not exist has it.
 */
export function unknownStorageFaults(answer: Answer, ofQueue: Answer | undefined): readonly Fault[] {
  const isError = answer.status >= 400;
  const isOtherwiseForbidden = ofQueue && ofQueue.status >= 400 && forbidsStorage(ofQueue);
  return isError && (isOtherwiseForbidden || allowsStorage(answer)) ? storageFaults(answer) : [];
}
