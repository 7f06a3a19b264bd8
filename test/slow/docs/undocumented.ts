export const withoutDocstring = 1;
