/** The bank's own words and looks for the Open Banking flow. */
export const BANK_CONFIGURATION: Readonly<{
  title: string;
  texts: Readonly<Record<string, string>>;
  assets: Readonly<Record<string, string>>;
}> = {
  title: 'All your accounts in one place',
  texts: {
    intro: 'Link an account that you hold elsewhere, and see it here beside your own.',
    search: 'Search for your bank',
    noResults: 'No bank of that name. Check the spelling, or try a part of the name.',
    consent: 'You stay in control: access ends after 180 days, and you can unlink at any time.',
    connect: 'Continue at your bank',
    pending: 'Waiting for you to finish at your bank',
    connected: 'Linked',
    unlink: 'Unlink',
    unlinkConfirm: 'Unlink this bank? Its accounts will no longer be shown here.',
  },
  assets: {
    accent: '#0f5c4d',
    // The outline of a chain link in a box of 24 by 24: drawn by the page, so that no image has to be let in.
    iconPath:
      'M10 7H7a5 5 0 0 0 0 10h3v-2H7a3 3 0 0 1 0-6h3V7zm4 0v2h3a3 3 0 0 1 0 6h-3v2h3a5 5 0 0 0 0-10h-3zm-6 4v2h8v-2H8z',
  },
};
