import { describe, expectTypeOf, it } from 'vitest';
import type { WidgetBridge } from '../../src/index.ts';
import {
  type CallShape,
  createTestWidget,
  type DocumentsTestWidget,
  type ShippedTestWidget,
  type TestWidget,
} from '../../src/testing/index.ts';

describe('createTestWidget', () => {
  it('has the functions of the build that was named', () => {
    expectTypeOf(createTestWidget('a')).toEqualTypeOf<DocumentsTestWidget>();
    expectTypeOf(createTestWidget({ build: 'documents', shape: 'c' })).toEqualTypeOf<DocumentsTestWidget>();
    expectTypeOf(createTestWidget({ build: '21.5' })).toEqualTypeOf<ShippedTestWidget>();
    expectTypeOf(createTestWidget({})).toEqualTypeOf<ShippedTestWidget>();
    expectTypeOf<CallShape>().toExtend<Parameters<typeof createTestWidget>[0]>();
  });

  it('takes no shape for build 21.5, and no other build', () => {
    // @ts-expect-error build 21.5 has one shape
    createTestWidget({ build: '21.5', shape: 'a' });
    // @ts-expect-error no such build
    createTestWidget({ build: '3.9' });
    // @ts-expect-error no such shape
    createTestWidget('g');
  });

  it('B12 makes widgets that a bridge takes', () => {
    type Attached = Parameters<WidgetBridge['attach']>[0];
    expectTypeOf<DocumentsTestWidget>().toExtend<Attached>();
    expectTypeOf<ShippedTestWidget>().toExtend<Attached>();
    expectTypeOf<DocumentsTestWidget | ShippedTestWidget>().toExtend<TestWidget>();
  });
});
