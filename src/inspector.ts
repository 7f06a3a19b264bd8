export { defineInspector } from './inspector/define-inspector.ts';
export type { BanksideInspector } from './inspector/inspector-element.ts';
