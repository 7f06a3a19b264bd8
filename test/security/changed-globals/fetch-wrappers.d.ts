type PageScript = () => void;

export const spreading: PageScript;
export const copying: PageScript;
export const usingHeaders: PageScript;
export const signing: PageScript;
export const monitoring: PageScript;
export const unsealing: PageScript;
export const plainAnswers: PageScript;
export const makingRequests: PageScript;
