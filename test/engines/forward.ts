import { type IncomingMessage, request as requestFrom, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface Forwarding {
  /** The origin to forward to. */
  readonly target: string;
  /** The outcome: the status of the answer once its head has arrived. `failed` may follow. */
  readonly report: (status: number | 'aborted' | 'failed') => void;
  /** Changes a document on its way to the page. */
  readonly changeHtml: (html: string) => string;
}

/** Forwards a request to another server, and streams the answer back. If one side closes, so does the other. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { target, report, changeHtml }: Forwarding,
): void {
  const isNavigation = request.headers.accept?.includes('text/html') ?? false;
  const onward = requestFrom(target, {
    path: request.url,
    method: request.method,
    headers: isNavigation ? uncompressed(request.headers) : request.headers,
    // The other side may close a kept connection just when it is used again, which would look like a failure.
    agent: false,
  });
  let isAnswered = false;
  let isOver = false;
  const end = (status?: 'aborted' | 'failed'): void => {
    if (isOver) return;
    isOver = true;
    if (status) report(status);
    onward.destroy();
    response.destroy();
  };
  onward.once('error', () => end('failed'));
  response.once('close', () => end(isAnswered ? undefined : 'aborted'));
  onward.once('response', (answer) => {
    isAnswered = true;
    report(answer.statusCode ?? 0);
    answer.once('error', () => end('failed'));
    if (isNavigation && answer.headers['content-type']?.startsWith('text/html')) {
      passHtml(answer, response, changeHtml);
    } else {
      response.writeHead(answer.statusCode ?? 0, answer.statusMessage, answer.rawHeaders);
      response.flushHeaders();
      answer.pipe(response);
    }
  });
  request.pipe(onward);
}

function uncompressed(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const { 'if-none-match': _tag, 'if-modified-since': _date, ...rest } = headers;
  return { ...rest, 'accept-encoding': 'identity' };
}

function passHtml(
  answer: IncomingMessage,
  response: ServerResponse,
  changeHtml: (html: string) => string,
): void {
  text(answer).then(
    (html) => {
      const body = Buffer.from(changeHtml(html));
      const { 'transfer-encoding': _encoding, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 0, { ...headers, 'content-length': body.length }).end(body);
    },
    () => {
      // The `error` event of the answer ends both.
    },
  );
}
