import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usageOn } from '../../src/cli/sandbox/usage.ts';
import { errorMessages } from './fixtures/error-messages.ts';
import { pageOf, pages } from './fixtures/pages.ts';
import {
  allEntries,
  alternativesOf,
  fieldsOf,
  type Member,
  membersOf,
  valuesOf,
} from './fixtures/surface.ts';

/** The rows of the n-th table under a heading, without its head. */
function rowsUnder(file: string, heading: string, n = 0): readonly (readonly string[])[] {
  const table = pageOf(file).tables.filter((known) => known.heading === heading)[n];
  if (!table) throw new Error(`${file} has no table number ${n} under “${heading}”`);
  return table.rows.slice(1);
}

/** The names in the first cells: `attach(widget, target?)` is `attach`. */
function namesIn(rows: readonly (readonly string[])[]): string[] {
  return rows.flatMap(([cell = '']) => [...cell.matchAll(/`([\w-]+)[^`]*`/g)].map(([, name = '']) => name));
}

const namesOf = (members: readonly Member[]): string[] => members.map(({ name }) => name);

describe('a table of options', () => {
  it.each([
    ['docs/bridge.md', 'Options of the bridge', 'bankside', 'BridgeOptions'],
    ['docs/https.md', 'Options of `httpTransport`', 'bankside', 'HttpTransportOptions'],
    ['docs/vanilla.md', "Load the vendor's script", 'bankside', 'LoadWidgetOptions'],
    ['docs/commands.md', 'Send a command', 'bankside', 'SendOptions'],
    ['docs/monitoring.md', 'Do what the widget asks for', 'bankside', 'WidgetActionsOptions'],
    ['docs/testing.md', 'Options', 'bankside/testing', 'SandboxOptions'],
    ['docs/testing.md', 'Options of the event queue', 'bankside/testing', 'LinxoOptions'],
    ['docs/testing.md', 'On a real port', 'bankside/testing/server', 'SandboxServerOptions', 1],
    ['docs/poller.md', 'Options of the poller', 'bankside', 'QueuePollerOptions'],
    ['docs/native-shells.md', 'Options of `nativeTransport`', 'bankside', 'NativeTransportOptions'],
    ['docs/native-shells.md', 'React Native', 'bankside/webview-host', 'WebViewHostOptions'],
    ['docs/poller.md', 'Members of the poller', 'bankside', 'SyncOptions', 1],
    ['docs/poller.md', 'When it polls, and what that costs', 'bankside', 'Schedule'],
  ] as const)(
    'in %s, under “%s”, has every option and its default',
    (file, heading, entry, type, n?: number) => {
      const rows = rowsUnder(file, heading, n);
      const options = membersOf(entry, type);
      expect(namesIn(rows).sort()).toEqual(namesOf(options).sort());
      const defaults = new Map(rows.map(([cell = '', value = '']) => [cell, value]));
      for (const option of options.filter((known) => known.default)) {
        expect(defaults.get(`\`${option.name}\``)?.replaceAll('`', '')).toBe(
          option.default?.replaceAll('`', ''),
        );
      }
    },
  );
});

describe('the table of flags', () => {
  it('has those that the command explains', () => {
    const told = rowsUnder('docs/testing.md', 'On a real port').map(([cell = '']) => cell);
    const flags = (text: string) => [...text.matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
    expect(flags(told.join(' ')).sort()).toEqual([...new Set(flags(usageOn('linux')))].sort());
  });
});

describe('a table of members', () => {
  it.each([
    ['docs/bridge.md', 'Members of the bridge', 0, 'bankside', 'WidgetBridge'],
    ['docs/transports.md', 'What `send` is given', 0, 'bankside', 'WidgetRequest'],
    ['docs/transports.md', 'What `send` is given', 1, 'bankside', 'TransportContext'],
    ['docs/commands.md', 'Open Banking', 0, 'bankside', 'OpenBankingClient'],
    ['docs/testing.md', 'What a sandbox has', 0, 'bankside/testing', 'Sandbox'],
    ['docs/poller.md', 'Members of the poller', 0, 'bankside', 'QueuePoller'],
    ['docs/native-shells.md', 'React Native', 1, 'bankside/webview-host', 'WebViewHost'],
    ['docs/poller.md', 'What is known of a connection', 0, 'bankside', 'ConnectionState'],
    ['docs/poller.md', 'What is known of a connection', 1, 'bankside', 'ChannelState'],
    ['docs/poller.md', 'Events of the poller', 0, 'bankside', 'PollerEvents'],
  ] as const)('in %s, under “%s” (%i), has all of them', (file, heading, n, entry, type) => {
    expect(namesIn(rowsUnder(file, heading, n)).sort()).toEqual(namesOf(membersOf(entry, type)).sort());
  });

  it('has the two functions that a transport may have beside send', () => {
    const rows = rowsUnder('docs/transports.md', 'Replies through a function of the page');
    expect(['send', ...namesIn(rows)].sort()).toEqual(namesOf(membersOf('bankside', 'Transport')).sort());
  });

  it('has every event', () => {
    const events = ['The life of a request', 'Messages of the widget'].flatMap((heading) =>
      namesIn(rowsUnder('docs/monitoring.md', heading)),
    );
    expect(events.sort()).toEqual(namesOf(membersOf('bankside', 'BridgeEvents')).sort());
  });
});

describe('a table of alternatives', () => {
  it.each([
    ['docs/connections.md', 'Ask the user for what a channel needs', 'bankside', 'RequiredActionType'],
    ['docs/connections.md', 'Wait for the end', 'bankside', 'SyncOutcome', 'result'],
    ['docs/connections.md', 'Read again what a gap has lost', 'bankside', 'GapReason'],
    ['docs/poller.md', 'Events of the server', 'bankside', 'ConnectionEventType'],
    ['docs/poller.md', 'Statuses', 'bankside', 'PollerStatus'],
    ['docs/testing.md', 'A test of a poller', 'bankside/testing', 'ScenarioName'],
  ] as const)('in %s, under “%s”, has all of them', (file, heading, entry, type, ...members) => {
    expect(namesIn(rowsUnder(file, heading)).sort()).toEqual(
      [...alternativesOf(entry, type, ...members)].sort(),
    );
  });

  it.each([
    ['WidgetEventType', 0],
    ['WidgetActionType', 1],
  ] as const)('has every %s', (type, n) => {
    const rows = rowsUnder('docs/monitoring.md', "Events of the widget's user interface", n);
    expect(rows.flatMap(([cell = '']) => namesIn([[cell]])).sort()).toEqual(
      [...alternativesOf('bankside', type)].sort(),
    );
  });

  it('has every reason why a reply is held back', () => {
    const [, , held = ''] =
      rowsUnder('docs/monitoring.md', 'The life of a request').find(([cell]) => cell === '`orphan`') ?? [];
    for (const reason of alternativesOf('bankside', 'BridgeEvents', 'orphan')) expect(held).toContain(reason);
  });

  it('has every kind of fault', () => {
    const kinds = [0, 1].flatMap((n) => namesIn(rowsUnder('docs/testing.md', 'Faults', n)));
    expect(kinds.sort()).toEqual([...alternativesOf('bankside/testing', 'FaultKind')].sort());
  });
});

/** All of the sources, to find a message in. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');

describe('the page of error codes', () => {
  const page = pageOf('docs/errors.md');
  const ofRequest = ['requestId', 'server', 'type', 'elapsed', 'status'];
  const rows = rowsUnder('docs/errors.md', 'Error codes').map(([code = '', details = '']) => {
    return { code: /`(\w+)`/.exec(code)?.[1] ?? '', details };
  });

  const sectionOf = (code: string): string => page.text.split(`\n## ${code}\n`)[1]?.split('\n## ')[0] ?? '';

  it('has every code, each in a section of its own that says what one sees, why, and what to do', () => {
    const codes = namesOf(membersOf('bankside', 'ErrorDetails'));
    expect(rows.map(({ code }) => code).sort()).toEqual([...codes].sort());
    for (const code of codes) {
      const labels = [...sectionOf(code).matchAll(/^\*\*(What you see|Why|What to do):\*\* \S/gm)];
      expect(labels.map(([, label]) => label)).toEqual(['What you see', 'Why', 'What to do']);
    }
  });

  /** The messages that the section quotes: what has more than one word. */
  function quotedIn(code: string): readonly string[] {
    const [, seen = ''] = /\*\*What you see:\*\*(.*?)\*\*Why:\*\*/s.exec(sectionOf(code)) ?? [];
    const quoted = [...seen.replaceAll('\n', ' ').matchAll(/`([^`]+)`/g)].map(([, words = '']) => words);
    return quoted.filter((words) => words.includes(' '));
  }

  /** Messages are quoted from their beginning, with `…` or an example where a value stands. */
  function isQuote(quote: string, message: string): boolean {
    const parts = message.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const start = quote.replace(/\W+$/, '');
    return message.startsWith(start) || new RegExp(`^${parts.join('.*')}`).test(quote);
  }

  it.each(rows)('S5: quotes messages of $code that the package has', ({ code }) => {
    const messages = errorMessages([code]).map(({ message }) => message);
    const parts = quotedIn(code)
      .filter((quote) => !messages.some((message) => isQuote(quote, message)))
      .flatMap((quote) => quote.split('…').map((part) => part.replace(/^\W+|\W+$/g, '')));
    expect(parts.filter((part) => !sources.includes(part))).toEqual([]);
  });

  it.each(rows)('S5: quotes every message of $code', ({ code }) => {
    const quotes = quotedIn(code);
    const missing = errorMessages([code]).filter(
      ({ message }) => !quotes.some((quote) => isQuote(quote, message)),
    );
    expect(missing).toEqual([]);
  });

  it('S5: finds the messages in the sources', () => {
    expect(errorMessages(['NO_CHANNEL', 'TIMEOUT'])).toEqual(
      expect.arrayContaining([
        { code: 'NO_CHANNEL', message: 'The other side is gone' },
        { code: 'TIMEOUT', message: 'No end of the synchronisation in … ms' },
      ]),
    );
    expect(errorMessages(['HTTP'])).not.toEqual([]);
  });

  it.each(rows)('tells the details of $code', ({ code, details }) => {
    const fields = fieldsOf('bankside', 'ErrorDetails', code);
    const own = fields.filter((field) => !ofRequest.includes(field));
    const told = [...details.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    expect(told.filter((name) => name !== 'status').sort()).toEqual(own.sort());
    expect(details.includes("none of a request's")).toBe(!fields.includes('elapsed'));
  });
});

describe('the table of what an event of the poller holds', () => {
  it.each(rowsUnder('docs/poller.md', 'Events of the poller'))(
    'has every field of %s',
    (event, _when, fields) => {
      const name = event?.replaceAll('`', '') ?? '';
      const told = [...(fields ?? '').matchAll(/`(\w+)`/g)].map(([, field = '']) => field);
      const notes = ['event', 'reconcile'];
      expect(told.filter((field) => !notes.includes(field)).sort()).toEqual(
        fieldsOf('bankside', 'PollerEvents', name).sort(),
      );
    },
  );
});

describe('the table of shapes', () => {
  it('has all six', () => {
    const shapes = rowsUnder('docs/calls.md', 'The shapes of a request').map(([shape]) => shape);
    expect(shapes).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});

describe('the pages', () => {
  const text = pages.map((page) => page.text).join('\n');

  it.each(allEntries.flatMap(valuesOf))('tell of %s', (name) => {
    expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
