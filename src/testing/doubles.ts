/**
 * The parts of `bankside/testing` that need no msw.
 *
 * @module bankside/testing/doubles
 */
export type { CallShape } from './call-shapes.ts';
export { createTestTransport, type SentRequest, type TestTransport } from './create-test-transport.ts';
export {
  createTestWidget,
  type DocumentsWidgetOptions,
  type ShippedWidgetOptions,
} from './create-test-widget.ts';
export type { ShippedTestWidget, TestCallback } from './widget/shipped-test-widget.ts';
export type {
  DocumentsTestWidget,
  DocumentsTestWidgetOptions,
  TestAskOptions,
  TestOutcome,
  TestReply,
  TestUser,
  TestView,
  TestWidget,
} from './widget/test-widget.ts';
