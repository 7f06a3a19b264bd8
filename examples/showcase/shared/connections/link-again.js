/** Goes to where the widget links a bank. */
export function linkAgain() {
  const search = document.getElementById('bank-search');
  search?.scrollIntoView({ block: 'center' });
  search?.focus({ preventScroll: true });
}
