/**
 * @param {number} amount
 * @param {string} currency
 */
export function money(amount, currency) {
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency }).format(amount).replace('-', '−');
}

/** @param {string} day `YYYY-MM-DD` */
export function shortDay(day) {
  return show(new Date(`${day}T12:00:00`), { day: 'numeric', month: 'short' });
}

/** @param {string} time ISO 8601 */
export function dayAndTime(time) {
  return show(new Date(time), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

const regions = new Intl.DisplayNames('en-GB', { type: 'region' });

/** @param {string} code ISO 3166-1, two letters */
export function country(code) {
  return /^[A-Z]{2}$/.test(code) ? regions.of(code) : code;
}

/**
 * @param {number} count
 * @param {string} one
 */
export function counted(count, one) {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/**
 * On one line. A date that makes no sense is not shown.
 *
 * @param {Date} date
 * @param {Intl.DateTimeFormatOptions} parts
 */
function show(date, parts) {
  const isDate = !Number.isNaN(date.valueOf());
  return isDate ? date.toLocaleString('en-GB', parts).replaceAll(' ', '\u00a0') : '';
}
