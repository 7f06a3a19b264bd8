import { afterEach, describe, expect, it } from 'vitest';
import { engineUnderTest } from '../../../engines/engine-under-test.ts';
import { launch } from '../../../engines/launch.ts';
import { useForSuite } from '../../../harness/use-for-suite.ts';
import { PlaygroundPage } from './playground-page.ts';
import { PlaygroundSite } from './playground-site.ts';

/** Of the playground's page: the text of the file that was saved. */
declare const savedText: string | undefined;

/** What a request of the bank's page came to. */
interface Ask {
  readonly type: string;
  readonly end: string;
}

const FAULTS = [
  {
    type: 'getInboxInsights',
    fault: 'error,server=pserver,type=getInboxInsights,status=503,count=9',
    end: 'HTTP',
  },
  { type: 'getInsights', fault: 'garbage,server=pserver,type=getInsights,count=9', end: 'INVALID_RESPONSE' },
];

describe(`recordings in the playground, in ${engineUnderTest}`, () => {
  const getEngine = useForSuite(() => launch(engineUnderTest));
  const getSite = useForSuite(() => PlaygroundSite.open());
  let playground: PlaygroundPage | undefined;

  const open = async (query: string): Promise<PlaygroundPage> => {
    playground = new PlaygroundPage(await getEngine().open(getSite().address(query)));
    await playground.started();
    return playground;
  };

  /** Keeps the file that the page gives to the browser, which would otherwise be a download. */
  const keepFiles = async ({ page }: PlaygroundPage): Promise<void> => {
    await page.evaluate(() => {
      URL.createObjectURL = (blob) => {
        void (blob as Blob).text().then((savedText) => Object.assign(globalThis, { savedText }));
        return '#';
      };
    });
  };

  const ask = ({ inBank }: PlaygroundPage, type: string): Promise<Ask> =>
    inBank.call(
      playground,
      async ({ playground: own }, name) => {
        const asked = own?.bridge?.send('pserver', { type: name });
        const end = await asked?.then(
          () => 'reply',
          ({ code }) => String(code),
        );
        return { type: name, end: String(end) };
      },
      type,
    ) as Promise<Ask>;

  const recordedText = async (): Promise<string> => {
    const shown = await open(`?sync=none&${FAULTS.map(({ fault }) => `fault=${fault}`).join('&')}`);
    await keepFiles(shown);
    await shown.pressInInspector('Record');
    await shown.pressInInspector('Start recording');
    for (const { type, end } of FAULTS) expect(await ask(shown, type)).toEqual({ type, end });
    await shown.pressInInspector('Stop recording');
    await shown.pressInInspector('Save recording');
    const text = await shown.page.waitFor(() => savedText);
    await shown.close();
    return text ?? '';
  };

  afterEach(async () => {
    await playground?.close();
    playground = undefined;
    getSite().observed.reset();
  });

  it('are saved, opened elsewhere, and fail there in the same way', async () => {
    const text = await recordedText();
    const shown = await open('');
    await shown.restart(() => shown.openRecording(text));
    await shown.says('recording-words', 'Playing ticket.json');
    await shown.notice('recording', 'The recording was played: ');
    for (const { type, end } of FAULTS) {
      await shown.waitInBank(
        ({ playground: own }, name, code) =>
          own?.bridge?.recentEvents.some(
            (event) => event.kind === 'failure' && event.type === name && event.code === code,
          ),
        type,
        end,
      );
    }
    await shown.restart(() => shown.page.click('#play-again'));
    await shown.notice('recording', 'The recording was played: ');
    await shown.restart(() => shown.page.click('#close-recording'));
    expect(await shown.words('recording')).toBe('');
    await shown.answered();
    expect(getSite().strayRequests()).toEqual([]);
    expect(await getSite().observed.problems(shown.page)).toEqual([]);
  });

  it.each([
    ['is cut off', '{"format":"bankside recording","version":1,"requ'],
    ['is of a newer version', '{"format":"bankside recording","version":99,"requests":[]}'],
    ['was edited', '{"format":"bankside recording","version":1,"requests":{"<b>":1}}'],
    ['is something else', '<html>\n<b>no</b>\n</html>'],
    ['is empty', ''],
  ])('are refused with one line, and nothing changes: one that %s', async (_what, text) => {
    const shown = await open('?sync=none');
    await shown.openRecording(text);
    await shown.says('problem', 'ticket.json cannot be opened.');
    const words = await shown.words('problem');
    expect(words.split('\n')).toHaveLength(1);
    expect(await shown.page.evaluate(() => document.querySelectorAll('#problem *').length)).toBe(0);
    expect(await shown.words('recording')).toBe('');
    expect((await ask(shown, 'getInboxInsights')).end).toBe('reply');
  });
});
