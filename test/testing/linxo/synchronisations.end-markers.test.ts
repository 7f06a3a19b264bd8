import { expect, test } from 'vitest';
import type { ScenarioName, SynchroniseOptions } from '../../../src/testing/index.ts';
import { play } from './fixtures/play.ts';
import { describeEvents, eventsOf, model } from './fixtures/ticking.ts';

const ends = (script: ScenarioName, options: SynchroniseOptions) =>
  play(script, options).events.filter((event) => event.includes('SYNC_ALL_SUCCESS'));

test('the end is marked for each channel', () => {
  expect(ends('success', { endMarkers: 'channels' })).toEqual([
    'SYNC_ALL_SUCCESS REDIRECT',
    'SYNC_ALL_SUCCESS EMBEDDED',
  ]);
});

test('the end can be marked once, without a channel, at the very end', () => {
  const { events, truth } = play('success', { endMarkers: 'global' });

  expect(events.filter((event) => event.includes('SYNC_ALL_SUCCESS'))).toEqual(['SYNC_ALL_SUCCESS']);
  expect(events.at(-1)).toBe('SYNC_ALL_SUCCESS');
  expect(truth).toEqual({ connection: 'SUCCESS', REDIRECT: 'SUCCESS', EMBEDDED: 'SUCCESS' });
});

test('the end can be marked both ways', () => {
  expect(ends('success', { endMarkers: 'both' })).toEqual([
    'SYNC_ALL_SUCCESS REDIRECT',
    'SYNC_ALL_SUCCESS EMBEDDED',
    'SYNC_ALL_SUCCESS',
  ]);
});

test('a marker without a channel comes after an open challenge, not before', () => {
  const { linxo, pass } = model({ endMarkers: 'global' });
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id, 'sms-challenge');
  pass(60_000);
  expect(describeEvents(linxo, eventsOf(linxo, queue))).not.toContain('SYNC_ALL_SUCCESS');

  linxo.answerChallenge(id);
  pass(60_000);
  expect(describeEvents(linxo, eventsOf(linxo, queue)).at(-1)).toBe('SYNC_ALL_SUCCESS');
});

test('a synchronisation without a success has no such marker', () => {
  const script = [
    { after: 0, channel: 'EMBEDDED', event: 'SYNC_ALL_STARTED' },
    { after: 1_000, channel: 'EMBEDDED', event: 'AUTH_FAILED' },
  ];

  expect(play(script, { endMarkers: 'global' }).events).toEqual([
    'SYNC_ALL_STARTED EMBEDDED',
    'AUTH_FAILED EMBEDDED',
  ]);
});

test('the end marker can be in event_status instead of event_type', () => {
  const { linxo, pass } = model({ endMarkerField: 'event_status', endMarkers: 'both' });
  const { id } = linxo.addConnection();
  const queue = linxo.subscribe();
  linxo.synchronise(id);
  pass(60_000);

  const marks = eventsOf(linxo, queue).filter(({ event_status }) => event_status !== undefined);
  expect(marks).toHaveLength(3);
  for (const mark of marks) {
    expect(mark).toMatchObject({ event_status: 'SYNC_ALL_SUCCESS', resource_type: 'CONNECTION' });
    expect(mark).not.toHaveProperty('event_type');
  }
});

test('a synchronisation can have its own setting', () => {
  expect(ends('success', { endMarkers: 'global', endMarkerField: 'event_status' })).toEqual([
    'status=SYNC_ALL_SUCCESS',
  ]);
});

test('a marker without a channel also comes if no step follows an unanswered challenge', () => {
  const challenge = { within: 5_000, answered: [], unanswered: [] };
  const script = [
    { after: 1_000, channel: 'REDIRECT', event: 'SYNC_ALL_SUCCESS' },
    { after: 1_000, channel: 'EMBEDDED', event: 'CHALLENGE_REQUIRED', challenge },
  ];

  expect(play(script, { endMarkers: 'global' }).events).toEqual([
    'CHALLENGE_REQUIRED EMBEDDED',
    'SYNC_ALL_SUCCESS',
  ]);
});
