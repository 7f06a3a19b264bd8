import { putOnPage } from '../put-on-page.js';
import { callShapes } from './call-shapes.js';
import { createOtherBuild } from './other-build.js';

/**
 * Puts a fresh widget on the page whose calls have this shape.
 *
 * @param {string} name
 */
export function loadOtherBuild(name) {
  const shape = new Map(Object.entries(callShapes)).get(name);
  if (!shape)
    throw new TypeError(`The build must be one of ${Object.keys(callShapes).join(', ')}, but it is ${name}.`);
  putOnPage(name, (views, replies) => createOtherBuild(shape, views, replies));
}
