import { attempt, invalidCall } from '../../check.ts';
import { wellFormedHeaders } from '../../http/widget-headers.ts';
import { LONGEST_ID } from '../../text/request-id.ts';
import { sentType, typeOfObject } from '../../text/sent-type.ts';
import type { WidgetRequest } from '../transport.ts';
import { MOST_HEADERS, type RequestMessage } from './port-messages.ts';

/**
 * The request that a message holds, as the far side judges it. Its type is read from the body, which is what will be
 * sent: a transport there that allows some types alone does not have to believe the near side.
 *
 * @returns `undefined` for a body that is no JSON.
 * @throws INVALID_CALL for what is too long.
 */
export function readPortRequest(message: RequestMessage): WidgetRequest | undefined {
  const { requestId, server, headers } = message;
  const body: unknown = attempt(() => JSON.parse(message.body));
  if (body === undefined) return undefined;
  const { length } = String(requestId);
  checkSize(length <= LONGEST_ID, `a requestId of at most ${LONGEST_ID} characters`, `one of ${length}`);
  const count = Object.keys(headers).length;
  checkSize(count <= MOST_HEADERS, `at most ${MOST_HEADERS} headers`, `${count}`);
  // A text is sent as it is, an object as it was read: of two fields of one name, it has the last.
  const type = typeof body === 'string' ? sentType(body) : typeOfObject(Object(body));
  return { requestId, server, type, body, headers: wellFormedHeaders(headers).passed };
}

function checkSize(fits: boolean, expected: string, received: string): void {
  if (!fits) throw invalidCall('send', expected, received);
}
