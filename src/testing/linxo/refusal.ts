import { type Refusal, refusal } from '../widget-servers/service.ts';

/** The refusal of the widget's servers, with the two fields that clients of the event queue's server read. */
interface LinxoRefusal extends Refusal {
  /** A word for programs. */
  readonly error: string;
  /** A sentence. */
  readonly error_description: string;
}

const ERRORS: ReadonlyMap<number, string> = new Map([
  [400, 'invalid_request'],
  [401, 'invalid_token'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [410, 'gone'],
  [429, 'too_many_requests'],
]);

export function linxoRefusal(status: number, reason: string): LinxoRefusal {
  const error = ERRORS.get(status) ?? (status < 500 ? 'invalid_request' : 'server_error');
  return { ...refusal(status, reason), error, error_description: reason };
}
