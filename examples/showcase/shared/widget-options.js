import { openStoryDialog } from './story-dialog.js';

/** What each view of the widget is started with. */
export const user = { userId: 'customer-1', lang: 'en', deviceType: 'web' };

/**
 * Options of `widgetActions`: the widget opens no story by itself, and knows none of the bank's pages.
 *
 * @type {import('bankside').WidgetActionsOptions}
 */
export const actionOptions = {
  widget: () => window.personetics,
  config: user,
  openStory: (view) => window.personetics.startWidget({ ...view, el: openStoryDialog() }),
  navigate(target) {
    if (target !== 'accounts') return;
    const accounts = document.getElementById('accounts');
    accounts?.scrollIntoView({ block: 'start' });
    accounts?.focus({ preventScroll: true });
  },
};
