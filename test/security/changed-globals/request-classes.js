// Replacements of `Request` that scripts use. Each function runs as a script of the page, without access to this
// file.

/** MooTools: a class whose instances send, and whose options are its only argument. */
export function mootoolsRequest() {
  window.Request = class {
    constructor(options) {
      this.options = { url: '', method: 'post', headers: { 'X-Requested-With': 'XMLHttpRequest' } };
      for (const key in options) this.options[key] = options[key];
      this.headers = this.options.headers;
    }
    send() {
      window.sent = true;
      return this;
    }
    setHeader(name, value) {
      this.headers[name] = value;
      return this;
    }
  };
}

/** MooTools 1.2: its classes are plain functions. */
export function oldMootoolsRequest() {
  window.Request = function (options) {
    if (!(this instanceof window.Request)) return;
    this.options = options;
    this.headers = {};
    this.send = () => {
      window.sent = true;
    };
  };
}

/** As in Prototype.js, where `Request` is a namespace: `new Ajax.Request(address, options)`. */
export function namespaceRequest() {
  window.Request = { Base: class {}, Events: ['Create', 'Complete'] };
}

/** Accepts an address and options, like the browser's, but stores them differently. */
export function ajaxRequest() {
  window.Request = class {
    constructor(url, options) {
      this.url = url;
      this.method = options.method;
      this.headers = { ...options.headers };
      this.transport = undefined;
    }
    clone() {
      return new window.Request(this.url, this);
    }
  };
}

/** Has all functions of the browser's, but loses headers. */
export function losingRequest() {
  const Native = window.Request;
  window.Request = (address, options) => new Native(address, { ...options, headers: {} });
}

/** Has all functions of the browser's, but sends with another method. */
export function gettingRequest() {
  const Native = window.Request;
  window.Request = class extends Native {
    constructor(address, { headers, signal } = {}) {
      super(address, { headers, signal });
    }
  };
}

/** Throws when it is constructed, like a page's own class for one kind of argument. */
export function throwingRequest() {
  window.Request = class {
    constructor({ path }) {
      this.path = path.trim();
    }
  };
}

/** Not a class. */
export function noRequest() {
  window.Request = undefined;
}
