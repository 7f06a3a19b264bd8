export { type BanksideInspector, defineInspector } from './inspector/define-inspector.ts';
