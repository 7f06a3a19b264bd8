type PageScript = () => void;

export const wholePolyfill: PageScript;
