// Public entry `bankside/testing/doubles`: the stand-ins of `bankside/testing` that need no msw.

export type { CallShape } from './call-shapes.ts';
export { createTestTransport, type SentRequest, type TestTransport } from './create-test-transport.ts';
export {
  createTestWidget,
  type DocumentsWidgetOptions,
  type ShippedWidgetOptions,
} from './create-test-widget.ts';
export type { DocumentsTestWidget, DocumentsTestWidgetOptions } from './widget/documents-test-widget.ts';
export type { ShippedTestWidget, TestCallback } from './widget/shipped-test-widget.ts';
export type { TestAskOptions, TestReply } from './widget/test-reply.ts';
export type { TestUser } from './widget/test-user.ts';
export type { TestOutcome, TestView } from './widget/test-view.ts';
export type { TestWidget } from './widget/test-widget.ts';
