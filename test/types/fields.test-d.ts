import { describe, expectTypeOf, it } from 'vitest';
import * as z from 'zod/mini';
import { fields } from '../../src/testing/schemas.ts';

interface Example {
  readonly needed: string;
  readonly optional?: number;
}

describe('fields of an interface', () => {
  it('are read as that interface', () => {
    const schema = fields<Example>({ needed: z.string(), optional: z.optional(z.number()) });
    expectTypeOf<z.output<typeof schema>>().toEqualTypeOf<Example>();
  });

  it('are all read, those that may be left out too', () => {
    // @ts-expect-error `optional` has no schema
    fields<Example>({ needed: z.string() });
  });

  it('are no others', () => {
    // @ts-expect-error the interface has no such field
    fields<Example>({ needed: z.string(), optional: z.optional(z.number()), other: z.string() });
  });

  it('have the types of the interface', () => {
    // @ts-expect-error a string is expected
    fields<Example>({ needed: z.number(), optional: z.optional(z.number()) });
    // @ts-expect-error the field is required
    fields<Example>({ needed: z.optional(z.string()), optional: z.optional(z.number()) });
  });
});
