// Public entry `bankside/testing/doubles`: the stand-ins of `bankside/testing` that need no msw.

export type { CallShape } from './call-shapes.ts';
export { createTestTransport, type SentRequest, type TestTransport } from './create-test-transport.ts';
export {
  createTestWidget,
  type TestAskOptions,
  type TestReply,
  type TestWidget,
} from './create-test-widget.ts';
