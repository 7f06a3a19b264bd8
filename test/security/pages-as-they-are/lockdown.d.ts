export const lockdown: () => void;
