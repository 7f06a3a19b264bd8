import { readFileSync } from 'node:fs';
import tls from 'node:tls';
import { attempt } from '../../check.ts';

/**
 * The certificates of authorities that Node knows, in PEM: to give more of them replaces these. Node from 22.15 lists those that
 * the environment adds. Before that they are read from the file, as Node does: one that cannot be read adds none.
 */
export function knownAuthorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  if (getCACertificates) return getCACertificates('default');
  const { NODE_EXTRA_CA_CERTS: file } = process.env;
  const added = file ? attempt(() => readFileSync(file, 'utf8')) : undefined;
  return added === undefined ? tls.rootCertificates : [...tls.rootCertificates, added];
}
