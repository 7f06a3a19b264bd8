/**
 * A schema of any library that follows Standard Schema, such as zod, valibot or arktype.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  /** All that the specification asks for. */
  readonly '~standard': {
    /** Of the specification. */
    readonly version: 1;
    /** The name of the library. */
    readonly vendor: string;
    /** Reads a value: what it becomes, or what does not fit. */
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    /** For the type checker alone. */
    readonly types?:
      | {
          /** What it takes. */
          readonly input: Input;
          /** What it gives. */
          readonly output: Output;
        }
      | undefined;
  };
}

/** What a schema makes of a value. */
export type StandardResult<Output> =
  | {
      /** What the value became. */
      readonly value: Output;
      /** None: it fits. */
      readonly issues?: undefined;
    }
  | {
      /** What does not fit. */
      readonly issues: readonly StandardIssue[];
    };

/** One thing that does not fit. */
export interface StandardIssue {
  /** In words. */
  readonly message: string;
  /** Where in the value. */
  readonly path?:
    | readonly (
        | PropertyKey
        | {
            /** The name of the field. */
            readonly key: PropertyKey;
          }
      )[]
    | undefined;
}
