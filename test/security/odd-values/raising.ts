/** How a function of the page may fail with a value: at once, or in a promise. */
export const ways: Readonly<Record<'throws' | 'rejects', (value: unknown) => () => never>> = {
  throws: (value) => () => {
    throw value;
  },
  rejects: (value) => () => Promise.reject(value) as never,
};

export const wayNames = Object.keys(ways) as (keyof typeof ways)[];
