import { byId } from './dom/element.js';

/**
 * What the customer may have been sent here for.
 *
 * @type {Record<string, { title: string, text: string, done: string }>}
 */
const purposes = {
  TOKEN_EXPIRED: {
    title: 'Share your accounts with Elsewhere Bank?',
    text: 'Elsewhere Bank may read your accounts and payments for the next 180 days. You can withdraw this at any time.',
    done: 'Yes, share them',
  },
  PASSWORD_CHANGE_REQUIRED: {
    title: 'Your password has run out',
    text: 'For your safety, passwords are changed once a year. On this stand-in, pressing the button is enough.',
    done: 'Change the password',
  },
  USER_ACTION_REQUIRED: {
    title: 'Our terms have changed',
    text: 'Please read the new terms and accept them to go on using your accounts.',
    done: 'Accept the terms',
  },
};

const query = new URLSearchParams(location.search);
const bank = query.get('bank');
const purpose = purposes[query.get('for') ?? ''];

/** Of the page that has sent the customer here, on this very server. */
const from = new URL(query.get('from') ?? '/', location.origin);
const home = from.origin === location.origin ? from.pathname : '/';

byId('not-now', HTMLAnchorElement).href = home;
byId('done', HTMLAnchorElement).href = home;
if (bank) byId('bank', HTMLElement).textContent = bank;
if (purpose) {
  byId('title', HTMLElement).textContent = purpose.title;
  byId('text', HTMLElement).textContent = purpose.text;
  const done = byId('done', HTMLAnchorElement);
  done.textContent = purpose.done;
  done.href = `${home}?${new URLSearchParams({ back: query.get('connection') ?? '' })}`;
}
