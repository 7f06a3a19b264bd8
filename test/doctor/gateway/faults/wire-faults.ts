import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { headerOf, type Reply, withHeader, withoutHeader } from '../reply.ts';
import { type Fault, fault } from './fault.ts';
import { isCommand, isRequest } from './requests.ts';

type When = Parameters<typeof fault>[3];

const isCommandThatWorks: When = (request, { status }) => isCommand(request) && status === 200;

/** The head of an answer, written by hand. */
function headOf(reply: Reply, version = 'HTTP/1.1'): string {
  const date = headerOf(reply, 'Date') ?? new Date().toUTCString();
  const lines = withHeader(reply, 'Date', date).headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${version} ${reply.status} Status\r\n${lines.join('')}`;
}

function raw(write: (response: ServerResponse, reply: Reply) => void): Fault['change'] {
  return (reply) => ({ ...reply, send: write });
}

function plainJson(reply: Reply, body: string | Buffer): Reply {
  return { ...withoutHeader(reply, 'Content-Encoding'), body };
}

/** Of the way back. */
export const WIRE_FAULTS: readonly Fault[] = [
  fault(
    'answers are HTTP/1.0',
    ['old-http'],
    'wire',
    isRequest,
    raw((response, reply) => {
      response.socket?.end(
        Buffer.concat([Buffer.from(`${headOf(reply, 'HTTP/1.0')}\r\n`), Buffer.from(reply.body)]),
      );
    }),
  ),
  fault(
    'answers end before their length',
    ['body-cut'],
    'wire',
    isCommandThatWorks,
    raw((response, reply) => {
      const head = headOf(withHeader(reply, 'Content-Length', `${reply.body.length}`));
      response.socket?.end(Buffer.concat([Buffer.from(`${head}\r\n`), Buffer.from(reply.body.slice(0, 20))]));
    }),
  ),
  fault(
    'answers lack their last chunk',
    ['body-cut'],
    'wire',
    isCommandThatWorks,
    raw((response, reply) => {
      const size = reply.body.length.toString(16);
      const head = `${headOf(reply)}Transfer-Encoding: chunked\r\n\r\n${size}\r\n`;
      response.socket?.end(Buffer.concat([Buffer.from(head), Buffer.from(reply.body), Buffer.from('\r\n')]));
    }),
  ),
  fault(
    'answers do not end',
    ['endless-answer'],
    'wire',
    isCommandThatWorks,
    raw((response, reply) => {
      const { status, headers } = withoutHeader(reply, 'Content-Encoding');
      response.writeHead(
        status,
        headers.flatMap((line) => [...line]),
      );
      const piece = Buffer.alloc(1_000_000, ' ');
      const more = (): void => {
        if (!response.destroyed) response.write(piece, more);
      };
      more();
    }),
  ),
  fault(
    'answers are no HTTP',
    ['not-http'],
    'wire',
    isRequest,
    raw((response) => {
      response.socket?.end('SSH-2.0-marked-body-4717\r\n');
    }),
  ),
  fault('answers say gzip and are not', ['body-encoding'], 'wire', isCommandThatWorks, (reply) =>
    withHeader({ ...reply, body: '{"ok":true,"marked-body-4717":1}' }, 'Content-Encoding', 'gzip'),
  ),
  fault('answers are gzip and do not say it', ['body-encoding'], 'wire', isCommandThatWorks, (reply) =>
    plainJson(reply, gzipSync('{"ok":true}')),
  ),
  fault('answers are gzip twice', ['body-encoding'], 'wire', isCommandThatWorks, (reply) =>
    withHeader({ ...reply, body: gzipSync(gzipSync('{"ok":true}')) }, 'Content-Encoding', 'gzip'),
  ),
  fault('answers are Latin-1', ['body-encoding'], 'wire', isCommandThatWorks, (reply) =>
    plainJson(reply, Buffer.from('{"ok":true,"name":"Straße"}', 'latin1')),
  ),
  fault('answers are not compressed', ['uncompressed'], 'wire', isCommandThatWorks, (reply) =>
    plainJson(reply, JSON.stringify({ ok: true, filler: 'marked-body-4717 '.repeat(500) })),
  ),
];
