import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cycles, forbidden, importsOf, type Rooms, roomOf, strays } from './layers.ts';

/** The small files that all parts share. */
const SHARED = [
  'errors.ts',
  'check.ts',
  'abort.ts',
  'time.ts',
  'emitter.ts',
  'credential.ts',
  'bind-members.ts',
  'start-timer.ts',
];
/** What a part that sends requests is built on. */
const BASE = [...SHARED, 'text', 'http'];
/** What turns events into plain data: it loads no package. */
const MEMORY = ['memory', 'queue/state/poller-memory.ts', 'requests/bridge-memory.ts'];
/** What each command of `bankside` is built on. */
const COMMAND = ['cli/command.ts', 'cli/colour.ts', 'cli/version.ts', 'cli/read-arguments.ts'];

/**
 * Who may import whom. Each room of `src`, and what it may import beside its own files: rooms, single files, packages.
 * `type` allows imports of types alone. A room imports only what stands above it. A file in no room is an error: `src`
 * itself holds the entries and the shared files, and no other file.
 */
const ROOMS: Rooms = {
  'errors.ts': [],
  'check.ts': ['errors.ts'],
  'abort.ts': ['errors.ts', 'check.ts'],
  'start-timer.ts': [],
  'time.ts': ['errors.ts', 'check.ts', 'abort.ts', 'start-timer.ts'],
  'emitter.ts': ['errors.ts', 'check.ts', 'abort.ts', 'time.ts', 'mitt'],
  'credential.ts': ['errors.ts', 'check.ts', 'abort.ts', 'time.ts', 'emitter.ts'],
  'bind-members.ts': [],
  text: ['errors.ts', 'check.ts'],
  http: [...SHARED, 'text', 'ky'],
  memory: ['errors.ts', 'check.ts', 'text'],

  // The queue knows neither the bridge nor the transports.
  'queue/server': [...BASE, 'zod/mini'],
  'queue/pace': [...BASE, 'queue/server'],
  'queue/state': [...BASE, 'memory', 'queue/server', 'queue/pace'],
  'queue/tabs': [...BASE, 'queue/server', 'queue/pace', 'queue/state', 'zod/mini'],
  queue: [...BASE, 'queue/server', 'queue/pace', 'queue/state', 'queue/tabs'],

  // A transport knows `transport.ts`, and no other transport.
  'transport/transport.ts': ['errors.ts'],
  'transport/http': [...BASE, 'transport/transport.ts', 'ky'],
  'transport/native': [...BASE, 'transport/transport.ts'],
  'transport/port': [...BASE, 'transport/transport.ts'],

  // Requests of widgets, in the page and in a WebView host. They know only `transport.ts`. Neither they nor the bridge
  // import ky or zod, so that a page with its own transport does not load these.
  requests: [...BASE, 'memory', 'transport/transport.ts'],
  bridge: [...BASE, 'transport/transport.ts', 'requests', 'type queue/poller.ts'],

  // The vendor's script. No other part imports it.
  loader: [...SHARED, 'text', 'http/endpoint.ts', 'type bridge/attachment.ts'],

  // What pages import: `bankside`.
  'index.ts': [
    'errors.ts',
    'credential.ts',
    'http',
    'type memory',
    'queue',
    'transport',
    'requests',
    'bridge',
    'loader',
  ],

  // Checks of gateways, for the page and for the command: it imports neither Node nor a package.
  doctor: [...SHARED, 'text', 'http/retry-after.ts', 'queue/server/queue-id-in.ts', 'requests/read-reply.ts'],

  // Adapters and tools stand on the public index, and on the package that they adapt to. Single files beside it are
  // homes of a fact: QUEUE_LIFE, the names of servers, senders and notices.
  // The loader is imported as a file: an adapter without a bundler loads neither ky nor zod.
  react: ['index.ts', 'abort.ts', 'loader/load-key.ts', 'loader/load-widget.ts', 'react'],
  'react.ts': ['react'],
  angular: ['index.ts', 'abort.ts', 'loader/load-key.ts', 'loader/load-widget.ts', '@angular/core', 'rxjs'],
  'angular.ts': ['angular'],
  monitoring: ['index.ts', 'text/forget-last-match.ts', 'transport/transport.ts', ...MEMORY],
  'monitoring.ts': ['monitoring'],
  // In production pages: it loads no package.
  recording: ['index.ts', 'check.ts', 'text', 'memory', 'transport/transport.ts'],
  'recording.ts': ['recording'],
  // It sends as `httpTransport` does, where it looks for what is wrong with a gateway, and loads no package for that.
  inspector: [
    ...SHARED,
    'text',
    'http/endpoint.ts',
    'http/headers.ts',
    'index.ts',
    'doctor',
    'monitoring.ts',
    'monitoring',
    'recording',
    'memory',
    'queue/pace/schedule.ts',
  ],
  'inspector.ts': ['inspector', 'doctor'],
  // Types alone: it is empty at run time.
  'personetics.ts': ['type index.ts'],
  'webview-host': [
    ...SHARED,
    'text',
    'http/widget-headers.ts',
    'transport/transport.ts',
    'requests',
    'index.ts',
  ],
  'webview-host.ts': ['webview-host'],

  // The sandbox runs in pages. Its server needs Node.
  testing: [
    'index.ts',
    'check.ts',
    'recording/recording.ts',
    'errors.ts',
    'bind-members.ts',
    'text/nearest-word.ts',
    'type text/known-names.ts',
    'transport/transport.ts',
    'zod/mini',
    'msw',
  ],
  'testing/server': [
    'index.ts',
    'text/nearest-word.ts',
    'type text/known-names.ts',
    'testing',
    'zod/mini',
    'msw',
    'node',
  ],

  // The command `bankside`. The parts that all its commands share come first; a command knows no other command.
  'cli/command.ts': [],
  'cli/colour.ts': ['cli/command.ts'],
  'cli/version.ts': ['node'],
  'cli/read-arguments.ts': ['cli/command.ts', 'text/nearest-word.ts', 'node'],
  'cli/sandbox': [...COMMAND, 'check.ts', 'testing', 'testing/server', 'zod/mini', 'node'],
  // Of the sandbox it has the reading of what is given alone, so that it needs no msw.
  'cli/doctor': [
    ...COMMAND,
    ...SHARED,
    'text',
    'http',
    'queue/server/queue-id-in.ts',
    'doctor',
    'testing/schemas.ts',
    'zod/mini',
    'node',
  ],
  cli: [...COMMAND, 'cli/sandbox', 'cli/doctor', 'text', 'node'],
};

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));
const imports = files.flatMap((file) => importsOf(file, readFileSync(src + file, 'utf8')));

it('each file stands in a room', () => {
  expect(files.length).toBeGreaterThan(100);
  expect(strays(files, ROOMS)).toEqual([]);
});

it('each file imports only what its room may import', () => {
  expect(imports.length).toBeGreaterThan(500);
  expect(forbidden(imports, ROOMS)).toEqual([]);
});

it('no imports form a cycle, types included', () => {
  expect(cycles(imports)).toEqual([]);
});

it('each room stands below the rooms that it may import', () => {
  const names = Object.keys(ROOMS);
  for (const [index, name] of names.entries()) {
    const above = Object.fromEntries(names.slice(0, index + 1).map((room) => [room, []]));
    for (const place of ROOMS[name] ?? []) {
      const path = place.replace('type ', '');
      if (roomOf(path, ROOMS)) expect(roomOf(path, above), `${name}: ${place}`).toBe(roomOf(path, ROOMS));
    }
  }
});

it.each([
  [
    "import { httpTransport } from '../transport/http/http-transport.ts';",
    'transport/http/http-transport.ts',
  ],
  ["import { QueuePoller } from '../queue/poller.ts';", 'queue/poller.ts'],
  ["import type { QueuePoller } from '../queue/session.ts';", 'queue/session.ts'],
  ["export { z } from 'zod/mini';", 'zod/mini'],
  ["const fs = await import('node:fs');", 'node:fs'],
  ["let bridge: import('../index.ts').WidgetBridge;", 'index.ts'],
])('finds what bridge may not import: %s', (code, to) => {
  const rule = `bridge may import only: ${ROOMS['bridge']?.join(', ')}`;
  const found = forbidden(importsOf('bridge/made-up.ts', code), ROOMS);
  expect(found).toEqual([`src/bridge/made-up.ts imports ${to}, but ${rule}`]);
});

it('allows a type where only types are allowed', () => {
  const code = "import type { QueuePoller } from '../queue/poller.ts';";
  expect(forbidden(importsOf('bridge/made-up.ts', code), ROOMS)).toEqual([]);
});

it('finds a cycle, and a file in no room', () => {
  const pairs = [
    ['a.ts', 'b.ts'],
    ['b.ts', 'c.ts'],
    ['c.ts', 'b.ts'],
  ];
  const made = pairs.flatMap(([from = '', to = '']) => importsOf(from, `import type { X } from './${to}';`));
  expect(cycles(made)).toEqual(['b.ts → c.ts → b.ts']);
  expect(strays(['helper.ts', 'bridge/helper.ts'], ROOMS)).toEqual([
    'src/helper.ts stands in no room of test/run/layers.test.ts',
  ]);
});
