// Replacements of `fetch` and its classes that pages use. Each function runs as a script of the page, without
// access to this file.

/** A polyfill of all of it for old browsers, forced upon a new one. It sends with the real `fetch`. */
export function wholePolyfill() {
  const native = window.fetch;
  class Headers {
    map = {};
    constructor(given) {
      if (given instanceof Headers) for (const [name, value] of given) this.append(name, value);
      else if (Array.isArray(given)) for (const [name, value] of given) this.append(name, value);
      else if (given) for (const name of Object.getOwnPropertyNames(given)) this.append(name, given[name]);
    }
    append(name, value) {
      const old = this.map[name.toLowerCase()];
      this.map[name.toLowerCase()] = old ? `${old}, ${value}` : `${value}`;
    }
    delete(name) {
      delete this.map[name.toLowerCase()];
    }
    get(name) {
      return this.has(name) ? this.map[name.toLowerCase()] : null;
    }
    has(name) {
      return Object.hasOwn(this.map, name.toLowerCase());
    }
    set(name, value) {
      this.map[name.toLowerCase()] = `${value}`;
    }
    forEach(see, context) {
      for (const name of Object.keys(this.map)) see.call(context, this.map[name], name, this);
    }
    keys() {
      return Object.keys(this.map).values();
    }
    values() {
      return Object.values(this.map).values();
    }
    entries() {
      return Object.entries(this.map).values();
    }
    [Symbol.iterator]() {
      return this.entries();
    }
  }
  class Body {
    bodyUsed = false;
    take(body) {
      const isBytes =
        body instanceof ArrayBuffer || Object.prototype.toString.call(body) === '[object ArrayBuffer]';
      this.content = isBytes ? new TextDecoder().decode(body) : body ? `${body}` : '';
      if (typeof body === 'string' && !this.headers.get('content-type'))
        this.headers.set('content-type', 'text/plain;charset=UTF-8');
    }
    async text() {
      if (this.bodyUsed) throw new TypeError('Already read');
      this.bodyUsed = true;
      return this.content;
    }
    async json() {
      return JSON.parse(await this.text());
    }
    async arrayBuffer() {
      return new TextEncoder().encode(await this.text()).buffer;
    }
  }
  class Request extends Body {
    constructor(input, options = {}) {
      super();
      const other = input instanceof Request ? input : undefined;
      if (other?.bodyUsed) throw new TypeError('Already read');
      this.url = other ? other.url : String(input);
      this.credentials = options.credentials || other?.credentials || 'same-origin';
      this.headers = new Headers(options.headers ?? other?.headers);
      this.method = (options.method || other?.method || 'GET').toUpperCase();
      this.mode = options.mode || other?.mode || null;
      this.signal = options.signal || other?.signal || new AbortController().signal;
      this.referrer = null;
      const body = options.body ?? other?.content;
      if (this.method === 'GET' && body) throw new TypeError('Body not allowed for GET or HEAD requests');
      this.take(body);
      if (this.method === 'GET' && /^no-(store|cache)$/.test(options.cache))
        this.url += `${/\?/.test(this.url) ? '&' : '?'}_=${Date.now()}`;
    }
    clone() {
      return new Request(this, { body: this.content });
    }
  }
  class Response extends Body {
    constructor(body, { status = 200, statusText = '', headers, url = '' } = {}) {
      super();
      if (status < 200 || status > 599) throw new RangeError('There is no such status');
      this.type = 'default';
      this.status = status;
      this.ok = status < 300;
      this.statusText = `${statusText}`;
      this.headers = new Headers(headers);
      this.url = url;
      this.take(body);
    }
    clone() {
      return new Response(this.content, this);
    }
  }
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { url, method, credentials, signal, content } = request;
    const body = method === 'GET' ? undefined : content;
    const headers = Object.fromEntries(request.headers.entries());
    const response = await native(url, { method, credentials, signal, headers, body });
    const { status, statusText } = response;
    const given = Object.fromEntries([...response.headers.entries()]);
    return new Response(await response.text(), { status, statusText, headers: given, url: response.url });
  };
  Object.assign(window, { Headers, Request, Response });
}
