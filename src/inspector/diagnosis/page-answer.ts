import { ALWAYS_READABLE } from '../../doctor/always-readable.ts';
import type { Answer } from '../../doctor/exchange.ts';
import type { Answered } from './send-request.ts';

/** An answer, with what the page may read of it. */
export function pageAnswer({ response, body, sentAt, answeredAt }: Answered, isSameOrigin: boolean): Answer {
  return {
    status: response.status,
    seesAllHeaders: isSameOrigin,
    allowsPage: true,
    isSameOrigin,
    header(name) {
      const value = response.headers.get(name) ?? undefined;
      const isListed = ALWAYS_READABLE.includes(name.toLowerCase());
      return { value, isReadable: value !== undefined || isSameOrigin || isListed };
    },
    text: 'text' in body ? body.text : '',
    sentAt,
    answeredAt,
  };
}
