// Replacements of `fetch` that pages use, written for calls with an address and options. Each function runs as a
// script of the page, without access to this file. All but two add a header `x-csrf`.

/** Spreads the options and their headers. */
export function spreading() {
  const { fetch } = window;
  window.fetch = (address, options) => {
    const headers = { ...options.headers, 'x-csrf': 'c-1' };
    return fetch(address, { ...options, headers });
  };
}

/** Copies the known options by name, and drops the others. */
export function copying() {
  const { fetch } = window;
  window.fetch = (address, { method, headers, body, credentials, redirect, signal }) => {
    const more = Object.assign({}, headers, { 'x-csrf': 'c-1' });
    return fetch(address, { method, headers: more, body, credentials, redirect, signal });
  };
}

/** Converts the headers to `Headers`, and changes the caller's options. */
export function usingHeaders() {
  const { fetch } = window;
  window.fetch = function (address, options = {}) {
    options.headers = new Headers(options.headers);
    options.headers.set('x-csrf', 'c-1');
    return fetch.apply(this, [address, options]);
  };
}

/** Signs what it sends, so it reads all of it. */
export function signing() {
  const { fetch } = window;
  window.fetch = async (address, options) => {
    const isBank = address.startsWith(window.bank) && address.indexOf('?') < 0;
    const name = Object.keys(options.headers).find((key) => /^(authtoken|authorization)$/i.test(key));
    const token = options.headers[name].split(' ').pop();
    const content =
      options.method.toUpperCase() === 'GET' ? '' : Object.keys(JSON.parse(options.body)).length;
    if (!isBank || !token || content === 0) throw new Error('There is nothing to sign');
    options.headers['x-csrf'] = 'c-1';
    return fetch(address, options);
  };
}

/** A monitor that reads a copy of each answer. */
export function monitoring() {
  const { fetch } = window;
  window.fetch = (...args) => {
    const [address, options] = args;
    const headers = { ...options.headers, 'x-csrf': 'c-1' };
    const entry = { address: address.toString(), method: (options.method || 'GET').toUpperCase() };
    return fetch.call(window, address, { ...options, headers }).then((response) => {
      entry.status = response.status;
      const copy = response.clone();
      copy.text().then((text) => {
        entry.size = text.length;
      });
      return response;
    });
  };
}

/** A layer of encryption: the answer has another `text` and no `json`. */
export function unsealing() {
  const { fetch } = window;
  window.fetch = async (address, options) => {
    const response = await fetch(address, { ...options, headers: { ...options.headers, 'x-csrf': 'c-1' } });
    const text = response.text.bind(response);
    response.text = async () => [...(await text())].reverse().join('');
    response.json = undefined;
    return response;
  };
}

/** Answers with a plain object, as small replacements of `fetch` do. */
export function plainAnswers() {
  const { fetch } = window;
  const answerOf = ({ ok, status, statusText, headers, url }, text) => ({
    ok,
    status,
    statusText,
    url,
    headers: {
      keys: () => [...headers.keys()],
      entries: () => [...headers.entries()],
      get: (name) => headers.get(name),
      has: (name) => headers.has(name),
    },
    text: () => Promise.resolve(text),
    json: () => Promise.resolve(text).then(JSON.parse),
    clone: () => answerOf({ ok, status, statusText, headers, url }, text),
  });
  window.fetch = async (address, options) => {
    const response = await fetch(address, { ...options, headers: { ...options.headers, 'x-csrf': 'c-1' } });
    return answerOf(response, await response.text());
  };
}

/** A wrapper around another one, which expects one `Request`. */
export function makingRequests() {
  const { fetch } = window;
  window.fetch = (address, options) => {
    const request = new Request(address, options);
    request.headers.set('x-csrf', 'c-1');
    return fetch(request);
  };
}
