import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Json = Record<string, Record<string, Record<string, unknown>>>;

const read = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json;
const { version } = read('package.json') as unknown as { version: string };

describe.each(['react', 'angular'])('the %s example', (name) => {
  it('installs the package as it is packed', () => {
    const spec = `file:../../bankside-${version}.tgz`;
    expect(read(`examples/${name}/package.json`)['dependencies']).toMatchObject({ bankside: spec });
    const locked = read(`examples/${name}/package-lock.json`)['packages']?.['node_modules/bankside'];
    expect(locked).toMatchObject({ version, resolved: spec });
    expect(locked).not.toHaveProperty('integrity'); // each build is packed anew
  });

  it('is locked without naming a registry', () => {
    expect(readFileSync(`examples/${name}/package-lock.json`, 'utf8')).not.toMatch(/"resolved": *"http/);
  });
});
