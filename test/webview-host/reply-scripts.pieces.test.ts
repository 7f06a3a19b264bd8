import { describe, expect, it } from 'vitest';
import { turn } from '../bridge/fixtures/turn.ts';
import { hostTests } from './fixtures/host-tests.ts';
import { StandInPage } from './fixtures/stand-in-page.ts';

const { setUp, reported } = hostTests();

const STORE = 'banksideReplies';

/** Replies, and the scripts that would bring each into a page. */
async function scriptsOf(replies: readonly object[], pieceSize: number): Promise<string[][]> {
  const scripts: string[] = [];
  const { ask, transport } = setUp({ pieceSize, inject: (script) => scripts.push(script) });
  const all: string[][] = [];
  for (const [index, reply] of replies.entries()) {
    ask(index);
    transport.last.answer(reply);
    await turn();
    all.push(scripts.splice(0));
  }
  return all;
}

describe('a large reply', () => {
  it('of 10 MB comes whole, in scripts that every WebView takes', async () => {
    const { ask, transport, page } = setUp();
    const large = `${'a'.repeat(1_000)}ż🏦</script>"\\`.repeat(10_000);
    ask('1');
    transport.last.answer({ large });
    await turn();

    expect(page.read.map(([reply]) => (reply as { large: string }).large === large)).toEqual([true]);
    expect(page.scripts.length).toBe(40);
    expect(Math.max(...page.scripts.map(({ length }) => length))).toBeLessThan(2 * 262_144 + 1_000);
    expect(page.window).not.toHaveProperty(STORE);
  });

  it.each([1, 2, 3, 7, 22, 23, 24])('comes whole where it goes in pieces of %d', async (pieceSize) => {
    const { ask, transport, page } = setUp({ pieceSize });
    const reply = { a: '"\\é<🏦\u2028%' };
    ask('1');
    transport.last.answer(reply);
    await turn();

    expect(page.read).toEqual([[reply, '1']]);
    expect(page.window).not.toHaveProperty(STORE);
  });

  it.each([
    [13, 1],
    [12, 2],
    [7, 2],
    [6, 3],
  ])(
    'of 13 characters is as many scripts as it takes: pieces of %d, %d scripts',
    async (pieceSize, count) => {
      const [scripts] = await scriptsOf([{ text: 'ab' }], pieceSize);

      expect(scripts).toHaveLength(count);
    },
  );

  it('ends each of its scripts with true', async () => {
    const [scripts = []] = await scriptsOf([{ text: 'abcdef' }], 5);
    const page = new StandInPage();

    expect(scripts.map((script) => page.run(script))).toEqual(scripts.map(() => true));
  });
});

describe('pieces', () => {
  const replies = [{ one: 'abcdefgh' }, { two: 'ijklmnop' }];

  it('of several replies may come in between each other', async () => {
    const [one = [], two = []] = await scriptsOf(replies, 7);
    const page = new StandInPage();
    for (const [index, script] of one.entries()) {
      page.run(script);
      page.run(two[index] ?? '');
    }

    expect(page.read).toEqual([
      [replies[0], 0],
      [replies[1], 1],
    ]);
    expect(page.window).not.toHaveProperty(STORE);
  });

  it('that begin on a page that is gone are dropped by the next, which gets its own', async () => {
    const [one = [], two = []] = await scriptsOf(replies, 7);
    const page = new StandInPage();
    page.run(one[0] ?? '');
    page.load();
    for (const script of one.slice(1)) page.run(script);
    expect(page.replies).toEqual([]);
    expect(page.window).not.toHaveProperty(STORE);

    for (const script of two) page.run(script);
    expect(page.read).toEqual([[replies[1], 1]]);
  });

  it('of which one is lost or comes twice are not put together', async () => {
    const [one = [], two = []] = await scriptsOf(replies, 5);
    const page = new StandInPage();
    for (const script of one.filter((_, index) => index !== 1)) page.run(script);
    for (const script of two.flatMap((each, index) => (index === 1 ? [each, each] : [each])))
      page.run(script);

    expect(page.replies).toEqual([]);
    expect(page.errors).toEqual([]);
    expect(page.window).not.toHaveProperty(STORE);
  });

  it('after one that cannot be injected are not tried', async () => {
    const problem = new Error('the WebView has gone');
    let tried = 0;
    const { ask, transport, errors } = setUp({
      pieceSize: 5,
      inject() {
        tried += 1;
        if (tried === 2) throw problem;
      },
    });
    ask('1');
    transport.last.answer({ text: 'abcdefgh' });
    await turn();

    expect(tried).toBe(2);
    expect(errors()).toMatchObject([{ code: 'NO_CHANNEL' }]);
    expect(reported.splice(0)).toEqual([problem]);
  });
});
