import { type IncomingMessage, request as requestFrom, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface Forwarding {
  /** Where to: an origin. */
  readonly target: string;
  /** What became of it: the status of the answer, once its head is there; `failed` can still follow that. */
  readonly tell: (status: number | 'aborted' | 'failed') => void;
  /** Changes a document on its way to the page. */
  readonly changeHtml: (html: string) => string;
}

/** Sends a request on to another server and hands its answer back as it comes. Either side's leaving reaches the other. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { target, tell, changeHtml }: Forwarding,
): void {
  const isNavigation = request.headers.accept?.includes('text/html') ?? false;
  const onward = requestFrom(target, {
    path: request.url,
    method: request.method,
    headers: isNavigation ? askForWholeText(request.headers) : request.headers,
    // A kept connection may be closed by the other side just when it is used again, which would look like a failure.
    agent: false,
  });
  let isAnswered = false;
  let isOver = false;
  const end = (status?: 'aborted' | 'failed'): void => {
    if (isOver) return;
    isOver = true;
    if (status) tell(status);
    onward.destroy();
    response.destroy();
  };
  onward.once('error', () => end('failed'));
  response.once('close', () => end(isAnswered ? undefined : 'aborted'));
  onward.once('response', (answer) => {
    isAnswered = true;
    tell(answer.statusCode ?? 0);
    answer.once('error', () => end('failed'));
    if (isNavigation && answer.headers['content-type']?.startsWith('text/html')) {
      handOverHtml(answer, response, changeHtml);
    } else {
      response.writeHead(answer.statusCode ?? 0, answer.statusMessage, answer.rawHeaders);
      response.flushHeaders();
      answer.pipe(response);
    }
  });
  request.pipe(onward);
}

function askForWholeText(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const { 'if-none-match': _tag, 'if-modified-since': _date, ...rest } = headers;
  return { ...rest, 'accept-encoding': 'identity' };
}

function handOverHtml(
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
      // The answer's own `error` event ends it all.
    },
  );
}
