import { isObject } from '../../check.ts';

/** Whether objects are nested deeper than so many levels. A cycle is. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (!isObject(value)) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeperThan(one, levels - 1));
}
