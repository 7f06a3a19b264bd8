import { type EngineName, engineNames } from './engine.ts';

/** The engine that a value of `BANKSIDE_ENGINE` names. */
export function readEngine(value: string | undefined): EngineName {
  const engine = engineNames.find((name) => name === value);
  if (engine) return engine;
  const given = value === undefined ? 'not set' : JSON.stringify(value);
  throw new Error(
    `BANKSIDE_ENGINE must be one of ${engineNames.join(', ')}, but it is ${given}. ` +
      'Run tests of pages by their project, such as: vitest --project chromium-pages',
  );
}
