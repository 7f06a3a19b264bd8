import type { Answer } from '../../doctor/exchange.ts';
import type { Answered } from './send-request.ts';

/** Headers that a page may always read across origins. */
const SAFELISTED = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];

/** An answer, with what the page may read of it. */
export function pageAnswer({ response, body, sentAt, answeredAt }: Answered, isSameOrigin: boolean): Answer {
  return {
    status: response.status,
    seesAllHeaders: isSameOrigin,
    allowsPage: true,
    isSameOrigin,
    header(name) {
      const value = response.headers.get(name) ?? undefined;
      const isListed = SAFELISTED.includes(name.toLowerCase());
      return { value, isReadable: value !== undefined || isSameOrigin || isListed };
    },
    text: 'text' in body ? body.text : '',
    sentAt,
    answeredAt,
  };
}
