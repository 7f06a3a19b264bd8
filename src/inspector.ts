/**
 * An element for the page that draws the life of each request and of each connection.
 *
 * @module bankside/inspector
 */
export { type BanksideInspector, defineInspector } from './inspector/define-inspector.ts';
