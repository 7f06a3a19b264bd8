import type { ServerName } from '../../index.ts';
import type { TestAskOptions, TestReply } from './test-reply.ts';

/** A stand-in for the vendor's widget: what those of both builds have. */
export interface TestWidget {
  /** Which build it stands for. */
  readonly build: 'documents' | '21.5';
  /** A reply function of the widget. */
  handlePServerResponse(response: unknown, requestId: string | number): void;
  /** The same by its newer name. */
  handleServerResponse(response: unknown, requestId: string | number): void;
  /**
   * Asks, and resolves with the first answer, be it a failure's. It rejects where the answer is no right one.
   *
   * @throws Error Rejects where the page has no function to call, or that function throws.
   */
  request(server: ServerName, body: object, options?: TestAskOptions): Promise<unknown>;
  /** All answers, in order. */
  readonly replies: readonly TestReply[];
  /** What was wrong with the answers so far, in words. That a request waits is no fault yet. */
  readonly faults: readonly string[];
  /**
   * Behaviour B1: every request was answered once, after the delegate's function had returned, under the id that
   * it was asked with, and by the way that its shape has. Exempt is a request that a later one of the same id
   * has replaced. Call it at the end of a test.
   *
   * @throws Error Tells each request for which that does not hold.
   */
  assertExactlyOnce(): void;
}
