import { byId } from '../../examples/showcase/shared/dom/element.js';
import { createBankFrame } from './page/bank-frame.ts';
import { createCodePanel } from './page/code-panel.ts';
import { copy } from './page/copy.ts';
import { createFaultForm } from './page/fault-form.ts';
import { createFaultList } from './page/fault-list.ts';
import { createFold } from './page/fold.ts';
import { createInspectorPanel } from './page/inspector-panel.ts';
import { createOpenedRecording } from './page/opened-recording.ts';
import { createSettingsForm } from './page/settings-form.ts';
import { say, showMessage } from './page/status.ts';
import { createTabs } from './page/tabs.ts';
import { readSettings } from './read-settings.ts';
import type { Settings } from './settings.ts';
import { writeSettings } from './write-settings.ts';

// The page of the playground. Its address has the settings.

let settings = readSettings(location.search).settings;

const form = createSettingsForm(change);
const faultList = createFaultList((index) => {
  change({ faults: settings.faults.filter((_, place) => place !== index) });
});
createFaultForm((fault) => {
  change({ faults: [...settings.faults, fault] });
  say('The fault is added.');
});
const codePanel = createCodePanel((code) => keep({ ...settings, code }));
const inspector = createInspectorPanel();
const frame = createBankFrame({
  onWired: inspector.observe,
  onFailure: (words) => showMessage('problem', `The bank’s page could not be started. ${words}`),
});

const tabs = createTabs(['inspector-tab', 'code-tab']);
createFold('choices-fold');
const recording = createOpenedRecording({ settings: () => settings, reopen });

byId('restart', HTMLButtonElement).addEventListener('click', () => {
  reopen();
  say('The bank’s page has started again.');
});
byId('record', HTMLButtonElement).addEventListener('click', () => {
  inspector.recordNext();
  tabs.show('inspector-tab');
  reopen();
  say('Recording. Stop and save it in the inspector.');
});
byId('copy-link', HTMLButtonElement).addEventListener('click', async () => {
  const isCopied = await copy(addressOf(settings));
  say(isCopied ? 'The link is copied.' : 'Copy the address of this page: it is the link.');
});
byId('examples', HTMLElement).addEventListener('click', async (event) => {
  const link = event.target;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await recording.close();
  history.pushState(null, '', link.href);
  openAddress();
});
addEventListener('popstate', openAddress);
openAddress();

/** Shows what is in the address, and says what of it was left out. */
function openAddress(): void {
  const { settings: found, leftOut } = readSettings(location.search);
  settings = found;
  showMessage('left-out', leftOut.length > 0 ? `Left out of the link: ${leftOut.join('; ')}.` : undefined);
  show();
  reopen();
}

function change(changed: Partial<Settings>): void {
  keep({ ...settings, ...changed });
  reopen();
}

/** Keeps settings in the address, as the visitor's present place. */
function keep(changed: Settings): void {
  settings = changed;
  showMessage('left-out', undefined);
  history.replaceState(null, '', addressOf(settings));
  show();
}

function show(): void {
  form.show(settings);
  faultList.show(settings.faults);
  codePanel.show(settings);
  markExample();
}

function markExample(): void {
  const address = addressOf(settings);
  for (const link of byId('examples', HTMLElement).querySelectorAll('a')) {
    const isShown = addressOf(readSettings(new URL(link.href).search).settings) === address;
    if (isShown) link.ariaCurrent = 'true';
    else link.removeAttribute('aria-current');
  }
}

function reopen(): void {
  showMessage('problem', undefined);
  frame.open(settings);
}

function addressOf(chosen: Settings): string {
  const address = new URL(location.href);
  address.search = writeSettings(chosen);
  address.hash = '';
  return address.href;
}
