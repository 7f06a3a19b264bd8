import { checkOptionNames, type NamesOf } from '../text/known-names.ts';

/** The option of `stop`. @throws INVALID_OPTIONS for any other name. */
export function readForget(options: { readonly forget?: boolean }): boolean {
  const known: NamesOf<typeof options> = { forget: true };
  checkOptionNames(options, known);
  return options?.forget ?? false;
}
