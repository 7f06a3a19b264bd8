// Single changes that pages make. Each function runs as a script of the page.

const REMOVED = 'at copyWithin entries fill findLast flat flatMap keys toReversed toSorted values with';

const removing = REMOVED.split(' ').map((name) => [
  `no Array.prototype.${name}`,
  `() => { delete window.Array.prototype.${name}; }`,
]);

export const replacements = {
  ...Object.fromEntries(removing),
  'an Array.prototype.toJSON': () => {
    window.Array.prototype.toJSON = function () {
      return `[${this.join()}]`;
    };
  },
};
