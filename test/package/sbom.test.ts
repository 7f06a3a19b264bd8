import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };

const text = readFileSync('dist/sbom.cdx.json', 'utf8');
const bom = JSON.parse(text) as {
  readonly metadata: { readonly component: { readonly purl: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly licenses: readonly { readonly license: { readonly id: string } }[];
    readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};

const dependencies = Object.keys(manifest.dependencies) as (keyof typeof manifest.dependencies)[];
const locked = dependencies.map((name) => ({ name, ...lock.packages[`node_modules/${name}`] }));

describe('the bill of materials', () => {
  it('has this version, and lists the installed packages with licences and digests', () => {
    expect(bom.metadata.component.purl).toBe(`pkg:npm/bankside@${manifest.version}`);
    expect(dependencies).toEqual(['ky', 'mitt', 'zod']);
    expect(bom.components).toEqual(
      locked.map(({ name, version, license, integrity }) =>
        expect.objectContaining({
          name,
          version,
          licenses: [{ license: { id: license } }],
          hashes: [
            {
              alg: 'SHA-512',
              content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex'),
            },
          ],
        }),
      ),
    );
  });

  it('lists what each package depends on', () => {
    const parts = locked.map(({ name, version }) => `pkg:npm/${name}@${version}`);
    expect(bom.dependencies).toEqual([
      { ref: `pkg:npm/bankside@${manifest.version}`, dependsOn: parts },
      ...parts.map((ref) => ({ ref, dependsOn: [] })),
    ]);
  });

  it('contains nothing of the machine that created it', () => {
    expect(text).not.toMatch(/timestamp|serialNumber|urn:uuid|file:|node_modules/);
    expect(text).not.toContain(process.cwd());
  });
});
