type PageScript = () => void;

export const mootoolsRequest: PageScript;
export const oldMootoolsRequest: PageScript;
export const namespaceRequest: PageScript;
export const ajaxRequest: PageScript;
export const losingRequest: PageScript;
export const gettingRequest: PageScript;
export const throwingRequest: PageScript;
export const noRequest: PageScript;
