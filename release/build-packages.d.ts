export const BUILD_PACKAGES: readonly string[];

/** The parts of package.json as far as they matter here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** A place in package-lock.json. */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly [field: string]: unknown;
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** What of both a build needs. */
export function buildPackages(manifest: Manifest, lock: Lock): { manifest: Manifest; lock: Lock };
