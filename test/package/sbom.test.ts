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

describe('the bill of materials', () => {
  it('is of this version, and names what is installed with it, with its licence and its digest', () => {
    expect(bom.metadata.component.purl).toBe(`pkg:npm/bankside@${manifest.version}`);
    const { version, integrity } = lock.packages['node_modules/mitt'];
    const content = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
    expect(bom.components).toEqual([
      expect.objectContaining({
        name: 'mitt',
        version,
        licenses: [{ license: { id: 'MIT' } }],
        hashes: [{ alg: 'SHA-512', content }],
      }),
    ]);
    expect(Object.keys(manifest.dependencies)).toEqual(bom.components.map(({ name }) => name));
  });

  it('says who needs whom', () => {
    expect(bom.dependencies).toEqual([
      { ref: `pkg:npm/bankside@${manifest.version}`, dependsOn: [expect.stringMatching(/^pkg:npm\/mitt@/)] },
      { ref: expect.stringMatching(/^pkg:npm\/mitt@/), dependsOn: [] },
    ]);
  });

  it('holds nothing of the machine that made it', () => {
    expect(text).not.toMatch(/timestamp|serialNumber|urn:uuid|file:|node_modules/);
    expect(text).not.toContain(process.cwd());
  });
});
