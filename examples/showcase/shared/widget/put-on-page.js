import { ReplyCheck } from './reply-check.js';
import { Views } from './views.js';

/**
 * Makes a widget, and gives the page the vendor's global names for it.
 *
 * @param {string} shape of the build's calls
 * @param {(views: Views, replies: ReplyCheck) => object} createBuild
 */
export function putOnPage(shape, createBuild) {
  window.personetics?.dispose?.(); // a widget before this one would go on with its intervals
  const views = new Views(shape);
  const { complain, refresh, show } = views;
  const build = Object.assign(createBuild(views, new ReplyCheck(complain)), { refresh, show });
  window.personetics = /** @type {Window['personetics']} */ (build);
  window.PersoWidget = { widgetEventHandler: () => complain('Nobody handles the messages of PersoWidget.') };
}
