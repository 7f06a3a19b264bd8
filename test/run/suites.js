/** @type {Readonly<Record<import('./suites.js').SuiteName, import('./suites.js').Suite>>} */
export const suites = {
  test: {
    engines: ['chromium'],
    inNode: ['node', 'types'],
    inEngine: (engine) => [engine, `${engine}-patched`, `${engine}-pages`],
  },
  engines: {
    engines: ['chromium', 'firefox', 'webkit'],
    inNode: [],
    inEngine: (engine) => [engine, `${engine}-patched`, `${engine}-pages`, `${engine}-slow-pages`],
  },
  all: {
    engines: ['chromium', 'firefox', 'webkit'],
    inNode: ['many-runs', 'consumers', 'oldest-server', 'all-types', 'site'],
    inEngine: (engine) => [
      engine,
      `${engine}-patched`,
      `${engine}-pages`,
      `${engine}-slow-pages`,
      `${engine}-examples`,
      `${engine}-patient`,
      `${engine}-oldest`,
      `${engine}-site`,
    ],
  },
};

/** @type {typeof import('./suites.js').projectsOf} */
export function projectsOf(name, engines, { afterTest = false } = {}) {
  const suite = suites[name];
  const projects = [...suite.inNode, ...engines.flatMap(suite.inEngine)];
  return afterTest
    ? projects.filter((project) => !projectsOf('test', suites.test.engines).includes(project))
    : projects;
}
