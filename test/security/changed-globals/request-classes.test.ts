import { describe, expect, it } from 'vitest';
import { jsonJs } from './libraries.js';
import * as classes from './request-classes.js';
import { StandInPage } from './stand-in-page.ts';

/** Without a `Request` nothing is checked: some engines have none, and load the package anyway. */
const others = Object.entries(classes).filter(([name]) => name !== 'noRequest');

describe.each(others)('T5 a page that replaces Request: %s', (_name, put) => {
  it('gets an error when it loads the package', async () => {
    const page = new StandInPage();
    page.run(`(${put})();`);
    await expect(page.load()).rejects.toMatchObject({
      name: 'BanksideError',
      code: 'INVALID_OPTIONS',
      message: expect.stringMatching(
        /^option 'window\.Request': expected the browser's own class .*, got one that/,
      ),
      details: { option: 'window.Request' },
    });
  });

  it('sends nothing if that was loaded later, and reports why', async () => {
    const page = new StandInPage();
    await page.load();
    page.run(`(${put})();`);
    const outcomes = await page.use('broken later queue');

    expect(outcomes).toEqual({
      broken: 'BanksideError INVALID_OPTIONS window.Request true',
      later: 'BanksideError INVALID_OPTIONS window.Request true',
      // The poller has stopped, and does not poll for ever.
      queue: 'BanksideError INVALID_OPTIONS window.Request true failed',
    });
    expect(page.bank.arrivals).toEqual([]);
    expect(page.run('window.sent')).toBeUndefined();
  });

  it('still does what needs no Request', async () => {
    const page = new StandInPage();
    await page.load();
    page.run(`(${put})();`);
    const { shell } = await page.use('shell');
    expect(shell).toContain('"ok":true');
  });
});

it('T5 a page without Request loads the package, and can send nothing', async () => {
  const page = new StandInPage();
  page.run(`(${classes.noRequest})();`);
  await page.load();
  expect(await page.use('shell broken')).toMatchObject({
    shell: expect.stringContaining('"ok":true'),
    broken: 'BanksideError INVALID_OPTIONS window.Request true',
  });
});

it('T5 S4 a page where all objects inherit functions gets an error when it loads the package', async () => {
  const page = new StandInPage();
  page.run(`(${jsonJs})();`);
  await expect(page.load()).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringContaining("'toJSONString', which a script of the page has added"),
    details: { option: 'Object.prototype' },
  });
});

it('T5 answers the widget with a failure if nothing can be sent', async () => {
  const page = new StandInPage();
  await page.load();
  page.run(`(${classes.mootoolsRequest})();`);
  for (const outcome of Object.values(await page.use('http text refused soon port host'))) {
    expect(outcome).toMatch(/"ok":false,"status":"600"|^BanksideError|eyJvayI6ZmFsc2U/);
  }
  expect(page.bank.arrivals).toEqual([]);
});
