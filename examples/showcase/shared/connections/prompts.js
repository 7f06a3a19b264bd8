/**
 * The words for each required action. `go`: the customer does it at the other bank.
 *
 * @type {Record<import('bankside').RequiredActionType, { title: (bank: string) => string, text: string, go?: (bank: string) => string }>}
 */
export const prompts = {
  CHALLENGE_REQUIRED: {
    title: (bank) => `${bank} has sent you a code`,
    text: 'Enter it, or confirm in the app of that bank.',
  },
  AUTH_FAILED: {
    title: (bank) => `${bank} refused your sign-in`,
    text: 'Your user name or password may have changed. Sign in once more to go on.',
  },
  TOKEN_EXPIRED: {
    title: (bank) => `Your consent at ${bank} has expired`,
    text: 'A bank may share your accounts for a limited time only. Renew it there; you come back here afterwards.',
    go: (bank) => `Renew at ${bank}`,
  },
  PASSWORD_CHANGE_REQUIRED: {
    title: (bank) => `${bank} wants a new password`,
    text: 'Your password there has run out. Change it at that bank; you come back here afterwards.',
    go: (bank) => `Change it at ${bank}`,
  },
  USER_ACTION_REQUIRED: {
    title: (bank) => `${bank} wants you to confirm something`,
    text: 'It may be new terms, or a message to be read. You come back here afterwards.',
    go: (bank) => `Go to ${bank}`,
  },
};
