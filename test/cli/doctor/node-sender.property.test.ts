import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sendTo, TOKENS } from './fixtures/send-to.ts';
import { answerWith, serveBytes } from './fixtures/servers.ts';

const piece = fc.oneof(
  fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n',
    'HTTP/1.1 999 \r\n',
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
    'Content-Encoding: gzip\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Access-Control-Allow-Origin: *\r\n',
    'Location: http://[\r\n',
    `X-A: ${TOKENS.authToken}\r\n`,
    '\r\n',
    '5\r\n{"a":\r\n',
    '0\r\n\r\n',
    '\u0000',
  ),
  fc.string(),
);

it('whatever a server answers, there are findings, an answer, or a reason why that is not known, and no token in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.boolean(), async (pieces, isOwn) => {
      const server = await serveBytes(answerWith(pieces.join('')));
      try {
        const options = isOwn ? { origin: server.url } : {};
        const { findings, answer, unseen } = await sendTo(`${server.url}/pserver`, {}, options);
        expect(answer !== undefined || findings.length > 0 || unseen !== undefined).toBe(true);
        expect(JSON.stringify([findings, unseen])).not.toContain(TOKENS.authToken);
      } finally {
        await server.close();
      }
    }),
  );
});
