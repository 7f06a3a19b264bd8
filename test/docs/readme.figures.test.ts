import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as theirs from '../../bench/peers/queue-schemas.js';
import { packageCosts } from '../../release/package-costs.js';
import * as ours from '../../src/queue/server/events.ts';
import { consumers, measureSize } from '../package/measure-size.js';

interface Row {
  readonly what: string;
  readonly ours: string;
  readonly found: number;
  readonly limit?: number;
  readonly digits?: number;
}

const results = JSON.parse(readFileSync('bench/results.json', 'utf8')) as Readonly<
  Record<string, { readonly rows: readonly Row[] }>
>;
const page = readFileSync('bench/results.md', 'utf8').split('\n');
const block =
  /<!-- bench:start -->\n([\s\S]*)<!-- bench:end -->/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';

describe('the figures of bench/results.md', () => {
  it.each(Object.values(results).flatMap(({ rows }) => rows))(
    'are those that were measured: $what',
    ({ what, ours, found, digits = 2 }) => {
      const row = page.find((line) => line.includes(`| ${what} |`));
      expect(row).toContain(`| ${ours} |`);
      expect(row).toContain(found.toFixed(digits));
    },
  );

  it('are of every script that measures', () => {
    const scripts = readdirSync('bench').filter((file) => file.endsWith('.js') && file !== 'run.js');
    expect(
      Object.keys(results)
        .map((name) => `${name}.js`)
        .sort(),
    ).toEqual(scripts.sort());
  });

  it.each(consumers)('are of this build: $what', async ({ what, imports }) => {
    const { gzipped } = await measureSize({ bankside: imports });
    const row = results['sizes']?.rows.find((known) => known.what.includes(what));
    // The same bundle comes out some bytes larger or smaller with another release of Node.
    const difference = Math.abs((row?.found ?? 0) * 1_000 - gzipped);
    expect(difference, 'out of date: npm run bench -- sizes').toBeLessThan(20);
  });

  it('are of the packages of this build', async () => {
    const rows = results['packages']?.rows ?? [];
    const costs = await packageCosts();
    expect(rows.map(({ what }) => what)).toEqual(costs.map(({ name, version }) => `${name} ${version}`));
    costs.forEach(({ gzipped }, index) => {
      const difference = Math.abs((rows[index]?.found ?? 0) * 1_000 - gzipped);
      expect(difference, 'out of date: npm run bench -- packages').toBeLessThan(20);
    });
  });
});

describe('the figures of the README', () => {
  it('are ten rows of bench/results.md', () => {
    const rows = block.split('\n').filter((line) => /^\| (?!what|---)/.test(line));
    expect(rows).toHaveLength(10);
    for (const row of rows) expect(page).toContain(row);
  });

  it('come with the number of all that miss their target', () => {
    const { packages: _, ...others } = results;
    const all = Object.values(others).flatMap(({ rows }) => rows);
    const missed = all.filter(({ found, limit = Number.POSITIVE_INFINITY }) => found > limit);
    expect(block).toContain(`${missed.length} of ${all.length} figures miss their target`);
  });
});

describe('the schemas that stand beside ours', () => {
  const connection = {
    id: 41,
    provider_id: 'provider-1',
    status: 'RUNNING',
    creation_date: 1_780_000_000,
    user_id: 'unknown fields pass',
    channels: [
      { channel_definition_id: 8700, status: 'RUNNING', expires: null, last_end_date: 1_780_000_001 },
    ],
  };
  const event = {
    id: 7,
    event_type: 'SYNC_ALL_STARTED',
    resource_type: 'CONNECTION',
    channel_definition_id: 8700,
    resource: connection,
    accounts: [{ id: 'account-1' }],
  };

  it.each([
    ['an event about a connection', event],
    [
      'one whose type is in event_status',
      { ...event, event_type: undefined, event_status: 'SYNC_ALL_SUCCESS' },
    ],
    [
      'one of another kind',
      { ...event, event_type: 'OTHER', resource_type: 'BUDGET', resource: { id: 1.5 } },
    ],
    ['one without an id', { ...event, id: undefined }],
    ['a connection without an id', { ...event, resource: { ...connection, id: undefined } }],
    [
      'a channel whose time is a text',
      { ...event, resource: { ...connection, channels: [{ channel_definition_id: '1', expires: '9' }] } },
    ],
    ['no event', 'event'],
  ])('read the same as ours: %s', (_what, value) => {
    const read = ours.queueEventSchema.safeParse(value);
    const beside = theirs.queueEventSchema.safeParse(value);
    expect(beside.success).toBe(read.success);
    expect(beside.data).toEqual(read.data);
  });

  it.each([
    ['channel', ours.channelSchema, theirs.channelSchema, connection.channels[0]],
    ['connection', ours.connectionSchema, theirs.connectionSchema, connection],
  ])('read the same as ours: a %s alone', (_what, mine, other, value) => {
    expect(mine.parse(value)).toEqual(other.parse(value));
    expect(other.safeParse({ ...value, status: 1 }).success).toBe(
      mine.safeParse({ ...value, status: 1 }).success,
    );
  });
});
