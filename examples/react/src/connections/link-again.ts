/** Linking begins in the widget. */
export function linkAgain(): void {
  const search = document.getElementById('bank-search');
  search?.scrollIntoView({ block: 'center' });
  search?.focus({ preventScroll: true });
}
