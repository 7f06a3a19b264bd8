import type { Reply } from './reply.ts';

/** The page of the bank, before a test says what its policy allows. It has no policy for connections. */
export const RIGHT_PAGE: Reply = {
  status: 200,
  headers: [
    ['Content-Type', 'text/html; charset=utf-8'],
    ['Content-Security-Policy', "frame-ancestors 'self'"],
  ],
  body: '<!doctype html><html lang="en"><head><title>Accounts</title></head><body></body></html>',
};
