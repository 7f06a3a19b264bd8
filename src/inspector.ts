/**
 * An element for the page that draws the life of each request and of each connection, and a diagnosis of the servers that the page
 * needs.
 *
 * @module bankside/inspector
 */
export type { Check, Diagnosis } from './doctor/examine.ts';
export type { Finding, FindingId, Severity, SubjectName } from './doctor/finding.ts';
export type { GatewayName } from './doctor/remedies.ts';
export { type BanksideInspector, defineInspector } from './inspector/define-inspector.ts';
export { diagnose } from './inspector/diagnosis/diagnose.ts';
export type {
  DiagnosedHeaders,
  DiagnosedServer,
  DiagnoseOptions,
} from './inspector/diagnosis/diagnose-options.ts';
