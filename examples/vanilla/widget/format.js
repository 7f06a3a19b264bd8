/**
 * @param {number} amount
 * @param {string} currency
 */
export function money(amount, currency) {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount).replace('-', '−');
}

/** @param {string} day `YYYY-MM-DD` */
export function shortDay(day) {
  const date = new Date(`${day}T12:00:00`);
  return Number.isNaN(date.valueOf())
    ? day
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

/** @param {string | number} moment */
export function moment(moment) {
  const date = new Date(moment);
  return Number.isNaN(date.valueOf())
    ? ''
    : date.toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}
