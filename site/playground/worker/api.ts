/** The folder of the sandbox's addresses, beside the page. */
export const API = 'api/';
