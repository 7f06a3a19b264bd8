import { callShapes } from './other/call-shapes.js';
import { loadOtherBuild } from './other/load-other-build.js';
import { putOnPage } from './put-on-page.js';
import { createShippedBuild } from './shipped/shipped-build.js';

/**
 * The builds that the stand-in knows, by the shape of their calls: `a` is the one that the vendor ships.
 *
 * @type {Readonly<Record<string, { title: string, signature: string }>>}
 */
export const builds = {
  a: { title: 'What the vendor ships, core 21.5', signature: '(requestHeaders, body, requestId)' },
  ...callShapes,
};

/**
 * Puts a fresh widget on the page, as its script does when a page is loaded.
 *
 * @param {string} shape of the build's calls
 */
export function loadBuild(shape) {
  if (shape === 'a') putOnPage(shape, createShippedBuild);
  else loadOtherBuild(shape);
}
