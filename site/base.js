/** Stands for the folder of the site while it is built. No build leaves it in a file that is not changed afterwards. */
export const BASE = '/address-of-the-site/';

/** The global that holds the folder of the site in the browser, as a path. */
export const BASE_GLOBAL = 'siteFolder';
