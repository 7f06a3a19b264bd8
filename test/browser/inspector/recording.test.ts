import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WidgetBridge } from '../../../src/index.ts';
import { createTestTransport } from '../../../src/testing/index.ts';
import { type Shown, show } from './shown.ts';

/** What the panel says; undefined while it is hidden. */
function stateIn({ find }: Shown): string | undefined {
  const panel = find('.recording');
  return panel.hidden ? undefined : (panel.querySelector('.state')?.textContent ?? '');
}

/** The buttons that the panel shows. */
function buttonsIn({ find }: Shown): readonly (string | null)[] {
  return [...find('.recording').querySelectorAll('button')]
    .filter((button) => !button.hidden)
    .map(({ textContent }) => textContent);
}

/** The button of the toolbar, whose text changes. */
function recordIn({ find }: Shown): HTMLButtonElement {
  const found = [...find('.bar').querySelectorAll('button')].find(({ textContent }) =>
    /^(Record|Stop recording)$/.test(textContent ?? ''),
  );
  if (!found) throw new Error('There is no button to record');
  return found;
}

/** The names and the texts of the files that the browser is given. */
function watchFiles(): { readonly names: string[]; text(): Promise<string> } {
  const blobs: Blob[] = [];
  const names: string[] = [];
  const create = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return 'blob:test';
  });
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  onTestFinished(() => {
    create.mockRestore();
    click.mockRestore();
  });
  return { names, text: async () => (await blobs[0]?.text()) ?? '' };
}

/** Sends a command that is answered. */
async function exchange({ bridge, transport }: Shown): Promise<void> {
  const sent = bridge.send('pserver', { type: 'getInsights', secret: 'hush-body' });
  transport.last.answer({ ok: true, insights: [{ title: 'hush-title' }] });
  await sent;
}

describe('a recording of the inspector', () => {
  test('says before it begins what will be in the file, and offers the file at the end', async () => {
    const shown = show();
    const files = watchFiles();
    expect(stateIn(shown)).toBeUndefined();

    recordIn(shown).click();
    expect(stateIn(shown)).toMatch(/^The file will have the requests.*is replaced/);
    expect(buttonsIn(shown)).toEqual(['Start recording', 'Close']);
    shown.button('Start recording').click();
    expect(recordIn(shown).textContent).toBe('Stop recording');
    await exchange(shown);
    await expect.poll(() => stateIn(shown)).toMatch(/^Recording: \d+ s, .* (bytes|kB)$/);

    recordIn(shown).click();
    expect(recordIn(shown).textContent).toBe('Record');
    expect(stateIn(shown)).toMatch(/^Recorded: /);
    expect(buttonsIn(shown)).toEqual(['Save recording', 'Copy recording', 'Close']);
    shown.button('Save recording').click();
    expect(files.names).toEqual([expect.stringMatching(/^bankside-recording-\d{4}-\d\d-\d\d-\d{6}\.json$/)]);
    const text = await files.text();
    expect(JSON.parse(text)).toMatchObject({
      requests: [{ server: 'pserver', body: { type: 'getInsights' } }],
    });
    expect(text).not.toContain('hush');
  });

  test('is shown for copying by hand where a page may not write to the clipboard', async () => {
    const shown = show();
    const { text } = shown.inspector.record();
    await exchange(shown);
    recordIn(shown).click();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
    onTestFinished(() => void vi.restoreAllMocks());
    shown.button('Copy recording').click();
    await expect.poll(() => shown.inspector.shadowRoot?.querySelector('textarea')?.value).toBe(text());
    expect(shown.find('dialog').getAttribute('aria-label')).toBe('Recording');
  });

  test('can be used by keyboard: the focus follows what is pressed, and each state is announced', () => {
    const shown = show();
    const focused = () => shown.inspector.shadowRoot?.activeElement?.textContent;
    const said = () => shown.find('[role=status]').textContent;
    recordIn(shown).click();
    expect(focused()).toBe('Start recording');
    expect(said()).toMatch(/is replaced/);
    shown.button('Start recording').click();
    expect(focused()).toBe('Stop recording');
    expect(said()).toBe('Recording.');
    shown.find(':focus').click();
    expect(focused()).toBe('Save recording');
    expect(said()).toMatch(/^Recorded: /);
    shown.find('[aria-label="Close the recording"]').click();
    expect(focused()).toBe('Record');
    expect(stateIn(shown)).toBeUndefined();
    expect(said()).toBe('The recording is closed.');
  });

  test('of the page does the same as the button, and its recorder ends it', async () => {
    const shown = show();
    const recorder = shown.inspector.record();
    expect(stateIn(shown)).toMatch(/^Recording: /);
    await exchange(shown);
    recorder.stop();
    expect(stateIn(shown)).toMatch(/^Recorded: /);
    expect(recorder.recording().requests).toHaveLength(1);
    await exchange(shown);
    expect(recorder.recording().requests).toHaveLength(1);
  });

  test('goes on while the picture is paused', async () => {
    const shown = show();
    shown.button('Pause').click();
    const recorder = shown.inspector.record();
    await exchange(shown);
    expect(recorder.recording().requests).toHaveLength(1);
    await expect.poll(() => stateIn(shown), { timeout: 5_000 }).toMatch(/^Recording: [1-9]/);
  });

  test('ends when another bridge is observed, and says so', async () => {
    const shown = show();
    const { inspector, bridge } = shown;
    const recorder = inspector.record();
    inspector.observe(bridge);
    expect(stateIn(shown)).toMatch(/^Recording: /);
    const other = new WidgetBridge({ transport: createTestTransport() });
    onTestFinished(() => other.dispose());
    inspector.observe(other);
    expect(stateIn(shown)).toMatch(/shows another bridge or poller\.$/);
    await exchange(shown);
    expect(recorder.recording().requests).toEqual([]);
  });

  test('goes on when the element is moved, ends when it is removed, and its file is still there when it is back', async () => {
    const shown = show();
    const { inspector } = shown;
    const recorder = inspector.record();
    document.body.append(inspector);
    await Promise.resolve();
    expect(stateIn(shown)).toMatch(/^Recording: /);
    await exchange(shown);
    inspector.remove();
    await Promise.resolve();
    await exchange(shown);
    expect(recorder.recording().requests).toHaveLength(1);
    document.body.append(inspector);
    expect(stateIn(shown)).toMatch(/the inspector left the page\.$/);
    expect(buttonsIn(shown)).toContain('Save recording');
  });

  test('S5 needs an inspector that is in the page and shows something', () => {
    const shown = show();
    const { inspector } = shown;
    inspector.remove();
    expect(() => inspector.record()).toThrow(
      "call 'record': expected an inspector that is in the page, got one outside it",
    );
    document.body.append(inspector);
    inspector.observe(undefined);
    expect(() => inspector.record()).toThrow(/a WidgetBridge/);
    recordIn(shown).click();
    shown.button('Start recording').click();
    expect(shown.find('.recording').dataset['state']).toBe('failed');
    expect(stateIn(shown)).toMatch(/a WidgetBridge/);
    expect(buttonsIn(shown)).toEqual(['Start recording', 'Close']);
  });
});
