import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { BUILD_PACKAGES, buildPackages, type Lock, type Manifest } from '../../release/build-packages.js';
import { Workflow } from './fixtures/workflows.ts';

const FOLDER = '.github/workflows';
const workflows = readdirSync(FOLDER).map((name) => [name, new Workflow(`${FOLDER}/${name}`)] as const);
const release = new Workflow(`${FOLDER}/release.yml`);
const jobs = [...release.jobs.values()];
/** Packs, and names the repository: see withOrigin. */
const packing = 'node release/pack.js --repository "$GITHUB_REPOSITORY"';

describe.each(workflows)('the workflow %s', (_name, workflow) => {
  it('names actions and images by digest', () => {
    const actions = [...workflow.jobs.values()].flatMap((job) => job.actions);
    expect(actions).not.toEqual([]);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
    for (const [, image] of workflow.text.matchAll(/(?:container|image): (.+)$/gm)) {
      expect(image).toMatch(/^node:[\w.-]+@sha256:[\da-f]{64}$/);
    }
    for (const [, system] of workflow.text.matchAll(/runs-on: (.+)$/gm))
      expect(system).not.toContain('latest');
  });

  it('gives no permission to a pull request from outside, and puts no text of an event into a script', () => {
    expect(workflow.text).not.toMatch(
      /pull_request_target|workflow_run|issue_comment|workflow_call|repository_dispatch/,
    );
    for (const { commands } of workflow.jobs.values())
      for (const command of commands) expect(command).not.toContain('${{');
    expect(workflow.text).not.toMatch(/github\.(?:event|head_ref|actor)|actions\/cache|\bcache:/);
  });

  it('names each permission that it gives', () => {
    for (const [, rest] of workflow.text.matchAll(/permissions:(.*)$/gm)) expect(rest).toBe('');
    expect(workflow.text.match(/permissions:\n/g)).toHaveLength(
      1 + [...workflow.jobs.values()].filter(({ rights }) => rights.length > 0).length,
    );
  });

  it('keeps no token in a checkout, and has no personal token', () => {
    const checkouts = workflow.text.match(/uses: actions\/checkout@/g) ?? [];
    expect(workflow.text.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length);
    expect(workflow.text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
    expect(workflow.text).toMatch(/^permissions:\n {2}contents: read$/m);
  });
});

describe('the release workflow', () => {
  it('packs in a separate job, tests the packed files, and publishes nothing else', () => {
    expect(jobs.map(({ name }) => name)).toEqual(['pack', 'test', 'publish', 'attach']);
    expect(release.job('test').needs).toEqual(['pack']);
    expect(release.job('publish').needs).toEqual(['pack', 'test']);
    expect(release.job('attach').needs).toEqual(['pack', 'test', 'publish']);
    for (const name of ['pack', 'test']) {
      expect(release.job(name).text).toMatch(
        /^ {4}outputs:\n {6}sha256: \$\{\{ steps\.digest\.outputs\.sha256 \}\}$/m,
      );
    }
  });

  it('gives no permission to a job that runs code of the project or of packages', () => {
    expect(jobs.map(({ rights }) => rights)).toEqual([[], [], ['id-token'], ['contents']]);
    for (const { text } of [release.job('publish'), release.job('attach')]) {
      expect(text).not.toMatch(
        /checkout|npm ci|npm install|npm run|npm test|npx|\.ci\/run|node (?!npm\/package\/bin\/npm-cli\.js publish )/,
      );
    }
    expect(release.job('publish').commands.at(-1)).toMatch(
      /^node npm\/package\/bin\/npm-cli\.js publish --ignore-scripts --provenance --access public "\.\/\$TARBALL"$/,
    );
  });

  it('publishes and attaches only the packed and tested bytes', () => {
    for (const name of ['publish', 'attach']) {
      const { text, commands, actions } = release.job(name);
      expect(text).toMatch(/^ {6}PACKED: \$\{\{ needs\.pack\.outputs\.sha256 \}\}$/m);
      expect(text).toMatch(/^ {6}TESTED: \$\{\{ needs\.test\.outputs\.sha256 \}\}$/m);
      expect(actions).toHaveLength(1);
      expect(commands.slice(0, 3)).toEqual([
        'test -n "$PACKED"',
        'test "$PACKED" = "$TESTED"',
        'echo "$PACKED  $TARBALL" | sha256sum --check --strict',
      ]);
    }
  });

  it('verifies the npm that publishes by its digest', () => {
    const { commands } = release.job('publish');
    expect(commands.slice(3, -1)).toEqual([
      expect.stringMatching(/^npm pack --ignore-scripts npm@(\d+\.\d+\.\d+)$/),
      expect.stringMatching(/^echo "[\da-f]{128} {2}npm-\d+\.\d+\.\d+\.tgz" \| sha512sum --check --strict$/),
      expect.stringMatching(/^mkdir npm && tar -xzf npm-\d+\.\d+\.\d+\.tgz -C npm$/),
    ]);
  });

  it('packs without the packages of tests, from a lockfile, and runs no script of a package', () => {
    const { commands } = release.job('pack');
    expect(commands).toEqual([
      expect.stringMatching(/^test "v\$\(node --print .*version.*\)" = "\$GITHUB_REF_NAME"$/),
      'node release/build-packages.js build-packages',
      '(cd build-packages && npm ci --ignore-scripts --no-audit --no-fund)',
      'mv build-packages/node_modules . && rm -r build-packages',
      'npm run build',
      packing,
      'mv bankside-*.tgz "$TARBALL"',
      'echo "sha256=$(sha256sum "$TARBALL" | cut -d " " -f 1)" >> "$GITHUB_OUTPUT"',
    ]);
  });

  it('computes the digest of what it tests before any other code runs, and tests the packed files unchanged', () => {
    const { commands, text } = release.job('test');
    const first = commands.findIndex((command) => /^(npm|npx|node|bash) /.test(command));
    expect(commands.findIndex((command) => command.includes('>> "$GITHUB_OUTPUT"'))).toBeLessThan(first);
    expect(text).toMatch(/^ {6}PACKED: \$\{\{ needs\.pack\.outputs\.sha256 \}\}$/m);
    // A second build gives the same bytes.
    expect(commands).toContain(`${packing} --destination rebuilt`);
    expect(commands).toContain('cmp "rebuilt/$TARBALL" "packed/$TARBALL"');

    const unpacked = commands.indexOf('mv unpacked/package/dist dist');
    const rest = commands.slice(unpacked + 1);
    // Neither builds: dist is what was packed before.
    expect(rest).toContain(`${manifest.scripts.test} --built`);
    expect(rest).toContain(`${manifest.scripts['test:all']} --after-test`);
    expect(rest).toContain('npm run check');
    expect(rest.filter((command) => /build|tsup|rollup/.test(command))).toEqual([]);
    expect(commands[0]).toBe('echo "$PACKED  packed/$TARBALL" | sha256sum --check --strict');
    expect(rest.at(-1)).toBe('diff --recursive ../as-packed/package/dist dist');
  });

  it('attaches the built files from the package itself', () => {
    const [files = ''] = /dist\/.*$/m.exec(release.job('attach').commands.at(-1) ?? '') ?? [];
    const names = files.split(' ').filter((name) => name.startsWith('dist/'));
    expect(names).toHaveLength(5);
    for (const file of names) expect(readFileSync(file, 'utf8')).not.toBe('');
    expect(release.job('attach').commands.at(-2)).toMatch(
      /^tar -xzf "\$TARBALL" --strip-components=1 package\/dist$/,
    );
    expect(manifest.files).toContain('dist');
  });
});

describe('the site workflow', () => {
  const site = new Workflow(`${FOLDER}/site.yml`);

  it('builds without a right to write, and runs no script of a package', () => {
    const { commands, rights } = site.job('build');
    expect(rights).toEqual([]);
    expect(commands.slice(0, 3)).toEqual([
      'npm ci --ignore-scripts --no-audit --no-fund',
      'npm run site',
      'npx vitest run --project site',
    ]);
  });

  it('publishes in a job that runs one action, and nothing else', () => {
    const { commands, actions, needs, rights } = site.job('publish');
    expect({ commands, needs, rights }).toEqual({
      commands: [],
      needs: ['build'],
      rights: ['pages', 'id-token'],
    });
    expect(actions).toEqual([expect.stringMatching(/^actions\/deploy-pages@/)]);
  });

  it('publishes what is on the main branch, and nothing of a pull request', () => {
    expect(site.text).toMatch(/^on:\n {2}push:\n {4}branches: \[main\]\npermissions:$/m);
  });
});

describe('the packages of a build', () => {
  const reduced = buildPackages(manifest as unknown as Manifest, lock as unknown as Lock);
  const all = lock.packages as Lock['packages'];

  it('are the dependencies and the tools of the build, in the versions of the project', () => {
    expect(reduced.manifest.dependencies).toEqual(manifest.dependencies);
    expect(Object.keys(reduced.manifest.devDependencies).sort()).toEqual([...BUILD_PACKAGES].sort());
    for (const [name, version] of Object.entries(reduced.manifest.devDependencies)) {
      expect(version).toBe((manifest.devDependencies as Record<string, string>)[name]);
    }
  });

  it('are locked like the project’s, with their digests, and name no registry', () => {
    const places = Object.entries(reduced.lock.packages).filter(([place]) => place !== '');
    expect(places.length).toBeGreaterThan(50);
    for (const [place, entry] of places) {
      expect(entry).toEqual(all[place]);
      expect(entry.integrity).toMatch(/^sha512-/);
      expect(entry).not.toHaveProperty('resolved');
    }
  });

  it('include none that only tests need', () => {
    const names = Object.keys(reduced.lock.packages).map(
      (place) => place.split('node_modules/').at(-1) ?? '',
    );
    const own = Object.keys(manifest.devDependencies).filter((name) => !BUILD_PACKAGES.includes(name));
    // A package of the build needs this one, too.
    expect(names.filter((name) => own.includes(name))).toEqual(['acorn']);
    for (const name of names)
      expect(name).not.toMatch(/vitest|puppeteer|stryker|webpack|typedoc|biome|^vite$/);
  });

  it('cause an error if the lockfile does not have one', () => {
    const { 'node_modules/sucrase': _left, ...packages } = all;
    expect(() => buildPackages(manifest as unknown as Manifest, { packages })).toThrow(
      'no sucrase for node_modules/tsup',
    );
  });
});
