import { expect, it } from 'vitest';
import { failuresAmong, type ObservedRequest } from './observed-request.ts';

const get = (path: string, status: ObservedRequest['status']): ObservedRequest => ({
  method: 'GET',
  path,
  status,
});

it.each(['/favicon.ico', '/icon.svg', '/icon.svg?v=2', '/elsewhere-bank/icon.svg'])(
  'an icon that is given up is no failure: %s',
  (path) => {
    expect(failuresAmong([get(path, 'aborted')], [])).toEqual([]);
  },
);

it.each([
  get('/favicon.ico', 404),
  get('/icon.svg', 'failed'),
  get('/icons', 'aborted'),
  get('/icon.svg/data', 'aborted'),
  get('/data?of=/icon.svg', 'aborted'),
])('another failure is one: $path $status', (request) => {
  expect(failuresAmong([request], [])).toEqual([request]);
});
