import { callShapes } from './other/call-shapes.js';
import { createOtherBuild } from './other/other-build.js';
import { ReplyCheck } from './reply-check.js';
import { createShippedBuild } from './shipped/shipped-build.js';
import { Views } from './views.js';

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
 * @param {string} [shape] of the build's calls
 */
export function loadBuild(shape = 'a') {
  if (!Object.hasOwn(builds, shape))
    throw new TypeError(`The build must be one of ${Object.keys(builds).join(', ')}, but it is ${shape}.`);
  const views = new Views(shape);
  const replies = new ReplyCheck(views.complain);
  const other = callShapes[shape];
  const build = other ? createOtherBuild(other, views, replies) : createShippedBuild(views, replies);
  const { refresh, show } = views;
  window.personetics = /** @type {Window['personetics']} */ (Object.assign(build, { refresh, show }));
  window.PersoWidget = {
    widgetEventHandler: () => views.complain('Nobody handles the messages of PersoWidget.'),
  };
}
