type PageScript = () => void;

export const prototype16: PageScript;
export const mootools: PageScript;
export const datejs: PageScript;
export const sugar: PageScript;
export const jsonJs: PageScript;
export const aspNetAjax: PageScript;
export const otherPromise: PageScript;
