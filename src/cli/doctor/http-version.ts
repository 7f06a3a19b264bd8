import type { Fault } from '../../doctor/fault.ts';
import type { RawAnswer } from './raw-answer.ts';

/** Browsers use HTTP/2 over https alone. */
export function versionFaults({ httpVersion }: RawAnswer, { protocol }: URL): readonly Fault[] {
  if (httpVersion === '1.0') return [{ id: 'old-http', seen: 'The answer is HTTP/1.0.' }];
  if (httpVersion === '2' || protocol !== 'https:') return [];
  return [{ id: 'no-http2', seen: 'Of HTTP/2 and HTTP/1.1, the server chose HTTP/1.1.' }];
}
