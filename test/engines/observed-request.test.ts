import { expect, it } from 'vitest';
import { failuresAmong, type ObservedRequest } from './observed-request.ts';

const get = (path: string, status: ObservedRequest['status']): ObservedRequest => ({
  method: 'GET',
  path,
  status,
});

it.each(['/favicon.ico', '/icon.svg', '/icon.svg?v=2', '/shared/icon.svg'])(
  'an aborted request for an icon is no failure: %s',
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
])('any other failed request is a failure: $path $status', (request) => {
  expect(failuresAmong([request], [])).toEqual([request]);
});
