import type { BridgeEvents, ServerName, WidgetRequest } from '../index.ts';
import { errorFields } from '../memory/error-fields.ts';
import { optionalNumber } from '../memory/plain-fields.ts';
import { errorReplyOf } from '../transport/transport.ts';
import { isHttpStatus } from './known-values.ts';
import { type FileSize, type Line, Lines } from './lines.ts';
import type { RecordedEnd, RecordedRequest } from './recording.ts';
import type { Redactor } from './redactor.ts';

const SERVERS: readonly ServerName[] = ['pserver', 'enrich', 'ob'];

/** A request that was recorded. */
interface Begun {
  readonly line: Line<RecordedRequest>;
  /** How many of its attempts have failed. */
  failed: number;
}

/** Records the requests of a bridge. */
export class RequestRecorder {
  readonly #redactor: Redactor;
  readonly #now: () => number;
  readonly #lines: Lines<RecordedRequest>;
  /** By identity, since several may have one id. Requests that end are not kept in memory. */
  readonly #begun = new WeakMap<WidgetRequest, Begun>();
  /** The last ended request of each id. */
  readonly #ended = new Map<string, Line<RecordedRequest>>();

  /** @param now The time since the beginning, in ms. */
  constructor(redactor: Redactor, now: () => number, size: FileSize) {
    this.#redactor = redactor;
    this.#now = now;
    this.#lines = new Lines(size);
  }

  requests(): RecordedRequest[] {
    return this.#lines.values();
  }

  readonly request = ({ request }: BridgeEvents['request']): void => {
    const line = this.#begin(request);
    if (line) this.#begun.set(request, { line, failed: 0 });
  };

  /** Each attempt that failed is reported once or twice: before a pause, and before a new token. */
  readonly attempt = ({ request, state, count, status }: BridgeEvents['attempt']): void => {
    const begun = this.#begun.get(request);
    const hasFailed = state === 'retry' || (state === 'token' && status !== undefined);
    if (!begun || !hasFailed || (optionalNumber(count) ?? 0) <= begun.failed) return;
    begun.failed = count;
    const { value } = begun.line;
    const attempt = { after: this.#after(begun.line), ...(isHttpStatus(status) && { status }) };
    this.#lines.change(begun.line, { ...value, retried: [...(value.retried ?? []), attempt] });
  };

  readonly reply = ({ request, response }: BridgeEvents['reply']): void => {
    const line = this.#begun.get(request)?.line;
    if (line) this.#end(request, line, { after: this.#after(line), reply: this.#read(response) });
  };

  readonly failure = ({ request, error, duration }: BridgeEvents['failure']): void => {
    if (!request) return;
    const begun = this.#begun.get(request)?.line;
    // One that was sent before the beginning is left out. A call that was refused ends as it begins.
    if (!begun && (optionalNumber(duration) ?? 0) > this.#now()) return;
    const line = begun ?? this.#begin(request);
    if (!line) return;
    const { code, status } = errorFields(error);
    const reply = errorReplyOf(error);
    this.#end(request, line, {
      after: this.#after(line),
      code,
      ...(isHttpStatus(status) && { status }),
      ...(reply && { reply: this.#read(reply.response) }),
    });
  };

  readonly orphan = ({ requestId, reason }: BridgeEvents['orphan']): void => {
    const line = reason === 'settled' ? this.#ended.get(this.#redactor.id(requestId)) : undefined;
    if (!line) return;
    const earlier = line.value.repliesAfterEnd ?? [];
    this.#lines.change(line, { ...line.value, repliesAfterEnd: [...earlier, this.#after(line)] });
  };

  #begin({ server, requestId, body }: WidgetRequest): Line<RecordedRequest> | undefined {
    return this.#lines.add({
      at: this.#now(),
      server: SERVERS.find((name) => name === server) ?? 'pserver',
      requestId: this.#redactor.id(requestId),
      body: this.#read(body),
    });
  }

  #end(request: WidgetRequest, line: Line<RecordedRequest>, end: RecordedEnd): void {
    this.#begun.delete(request);
    this.#lines.change(line, { ...line.value, end });
    this.#ended.set(line.value.requestId, line);
  }

  #read(value: unknown): unknown {
    return this.#redactor.read(value) ?? null;
  }

  #after({ value }: Line<RecordedRequest>): number {
    return this.#now() - value.at;
  }
}
