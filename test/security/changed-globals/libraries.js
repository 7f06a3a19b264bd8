// What libraries in use do to a page, in a few lines each. Each function runs as a script of the page, without
// access to this file.

/** Prototype.js 1.6: all arrays get its `Enumerable`, whose methods differ from the native ones of the same name. */
export function prototype16() {
  const quote = (value) => JSON.stringify(value.toString());
  const toJson = (value) => {
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return `${value}`;
    if (typeof value === 'string') return quote(value);
    if (value?.toJSON) return value.toJSON();
    return `{${Object.keys(value).map((key) => `${quote(key)}:${toJson(value[key])}`)}}`;
  };
  const loop = (list, see) => {
    for (let index = 0, { length } = list; index < length; index += 1) see(list[index], index);
  };
  const copy = (list) => {
    if (!list) return [];
    if (list.toArray) return list.toArray();
    const made = [];
    for (let index = 0; index < (list.length ?? 0); index += 1) made.push(list[index]);
    return made;
  };
  const found = (list, test, context) => {
    for (let index = 0; index < list.length; index += 1) {
      if (test.call(context, list[index], index)) return list[index];
    }
  };
  // Assigned, so that they are enumerable.
  Array.from = copy;
  Array.prototype.each = function (see, context) {
    loop(this, see.bind(context));
    return this;
  };
  Array.prototype.toArray =
    Array.prototype.clone =
    Array.prototype.entries =
      function () {
        return [].concat(this);
      };
  Array.prototype.toJSON = function () {
    return `[${this.map(toJson).join(', ')}]`;
  };
  Array.prototype.map = Array.prototype.collect = function (make, context) {
    const made = [];
    loop(this, (item, index) => made.push(make ? make.call(context, item, index) : item));
    return made;
  };
  Array.prototype.filter =
    Array.prototype.select =
    Array.prototype.findAll =
      function (test, context) {
        const kept = [];
        loop(this, (item, index) => test.call(context, item, index) && kept.push(item));
        return kept;
      };
  Array.prototype.find = Array.prototype.detect = function (test, context) {
    return found(this, test, context);
  };
  Array.prototype.every = Array.prototype.all = function (test = (item) => item, context = undefined) {
    return !this.filter((item, index) => !test.call(context, item, index)).length;
  };
  Array.prototype.some = Array.prototype.any = function (test = (item) => item, context = undefined) {
    return this.filter(test, context).length > 0;
  };
  Array.prototype.include =
    Array.prototype.includes =
    Array.prototype.member =
      function (item) {
        for (let index = 0; index < this.length; index += 1) if (`${this[index]}` === `${item}`) return true;
        return false;
      };
  Array.prototype.reduce = function () {
    return this.length > 1 ? this : this[0];
  };
  const { reverse } = Array.prototype;
  Array.prototype.reverse = function (inline) {
    return reverse.call(inline === false ? this.clone() : this);
  };
  Array.prototype.first = function () {
    return this[0];
  };
  Array.prototype.last = function () {
    return this[this.length - 1];
  };
  Array.prototype.flatten = Array.prototype.flat = function () {
    const made = [];
    loop(this, (item) => made.push(...(Array.isArray(item) ? item.flatten() : [item])));
    return made;
  };
  Array.prototype.zip = Array.prototype.without = Array.prototype.uniq = Array.prototype.inspect = copy;
  String.prototype.toJSON = String.prototype.inspect = function () {
    return quote(this);
  };
  String.prototype.startsWith = function (start) {
    return this.indexOf(start) === 0;
  };
  String.prototype.endsWith = function (end) {
    const at = this.length - end.length;
    return at >= 0 && this.lastIndexOf(end) === at;
  };
  String.prototype.sub =
    String.prototype.gsub =
    String.prototype.strip =
      function () {
        return `${this}`;
      };
  Date.prototype.toJSON = function () {
    return quote(this.toISOString().replace(/\.\d+Z/, 'Z'));
  };
  Object.keys = (object) => {
    const keys = [];
    for (const key in object) keys.push(key);
    return keys;
  };
  Object.values = (object) => Object.keys(object).map((key) => object[key]);
  Object.extend = (target, source) => {
    for (const key in source) target[key] = source[key];
    return target;
  };
  Object.toJSON = toJson;
  Function.prototype.bind = function (context, ...before) {
    if (context === undefined) return this;
    return (...args) => this.apply(context, [...before, ...args]);
  };
  for (const name of ['curry', 'delay', 'defer', 'wrap', 'methodize', 'argumentNames']) {
    Function.prototype[name] = function () {
      return this;
    };
  }
}

/** MooTools 1.2 to 1.6, with the dates of `more`, but without its class `Request`, which request-classes.js has. */
export function mootools() {
  const names =
    'invoke clean clone associate link contains append getLast getRandom include combine erase empty flatten pick hexToRgb each';
  for (const name of names.split(' ')) {
    Array.prototype[name] = function () {
      return this;
    };
  }
  Array.from = (item) => {
    if (item == null) return [];
    const isList = typeof item.length === 'number' && typeof item !== 'function' && typeof item !== 'string';
    return isList ? Array.prototype.slice.call(item) : [item];
  };
  Function.prototype.bind = function (context, args) {
    return (...more) => {
      const given = more.length ? more : args === undefined ? [] : Array.from(args);
      return this.apply(context, given);
    };
  };
  Function.prototype.extend = Function.prototype.implement = function (key, value) {
    this.prototype[key] = value;
    return this;
  };
  Object.keys = (object) => {
    const keys = [];
    for (const key in object) if (Object.hasOwn(object, key)) keys.push(key);
    return keys;
  };
  Object.each = (object, see) => {
    for (const key of Object.keys(object)) see(object[key], key);
  };
  String.from = (item) => `${item}`;
  String.prototype.contains = String.prototype.test = function (text) {
    return this.indexOf(text) > -1;
  };
  String.prototype.trim = String.prototype.clean = function () {
    return this.replace(/^\s+|\s+$/g, '');
  };
  const parse = Date.parse;
  Date.parse = (text) => new Date(parse(text));
  Date.prototype.parse =
    Date.prototype.format =
    Date.prototype.diff =
      function () {
        return this;
      };
  window.JSON = { stringify: JSON.stringify, parse: JSON.parse, encode: JSON.stringify, decode: JSON.parse };
  window.Event = function (event) {
    this.event = event;
  };
  window.Class = window.Events = window.Options = window.Chain = () => {};
}

/** Datejs: its parser returns a `Date` or null. */
export function datejs() {
  const { parse } = Date;
  const native = Date.prototype.toString;
  Date.parse = (text) => (Number.isNaN(parse(text)) ? null : new Date(parse(text)));
  Date.today = () => new Date(new Date().setHours(0, 0, 0, 0));
  Date.prototype.toString = function (format) {
    return format ? `${format}`.replace('yyyy', this.getFullYear()) : native.call(this);
  };
  Date.prototype.toISOString = function () {
    return `${this.getUTCFullYear()}-${this.getUTCMonth() + 1}-${this.getUTCDate()}Z`;
  };
  Date.prototype.set =
    Date.prototype.add =
    Date.prototype.clearTime =
      function () {
        return this;
      };
  Number.prototype.days = Number.prototype.ago = function () {
    return this;
  };
}

/** Sugar 1.3: natives that also accept values that are no functions. All objects inherit its functions. */
export function sugar() {
  const matcher = (test) => (typeof test === 'function' ? test : (item) => item === test);
  for (const name of ['every', 'some', 'filter', 'find', 'findIndex']) {
    const native = Array.prototype[name];
    const value = function (test, context) {
      return native.call(this, matcher(test), context);
    };
    Object.defineProperty(Array.prototype, name, { value, configurable: true, writable: true });
  }
  const { map } = Array.prototype;
  Array.prototype.map = function (make, context) {
    return map.call(this, typeof make === 'string' ? (item) => item[make] : make, context);
  };
  for (const name of ['each', 'has', 'isEmpty', 'merge', 'select', 'size', 'keys', 'values']) {
    const value = () => name;
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  }
}

/** json.js of 2006, and its successors: all objects inherit a function that `for in` finds. */
export function jsonJs() {
  const toJSONString = () => '{}';
  for (const name of ['Object', 'Array', 'String', 'Number', 'Boolean', 'Date', 'Function', 'Error']) {
    window[name].prototype.toJSONString = toJSONString;
    window[name].prototype.parseJSON = toJSONString;
  }
}

/** The library of ASP.NET AJAX. */
export function aspNetAjax() {
  window.Type = Function;
  for (const [type, names] of [
    [Array, 'add addRange clear clone contains dequeue enqueue forEach indexOf insert parse remove removeAt'],
    [Error, 'argument argumentNull create format invalidOperation notImplemented'],
    [Object, 'getType getTypeName'],
    [Number, 'parseInvariant parseLocale'],
    [Date, 'parseInvariant parseLocale'],
    [Function, 'createCallback createDelegate emptyFunction validateParameters'],
  ]) {
    type.__typeName = type.name;
    type.__class = true;
    for (const name of names.split(' ')) type[name] = () => undefined;
  }
  Error.prototype.popStackFrame = function () {
    return this;
  };
  String.prototype.trim = function () {
    return this.replace(/^\s+|\s+$/g, '');
  };
  String.prototype.startsWith = function (start) {
    return this.substr(0, start.length) === start;
  };
  String.prototype.endsWith = function (end) {
    return this.substr(this.length - end.length) === end;
  };
}

/** Bluebird, in place of promises. `async` functions still return the engine's. */
export function otherPromise() {
  const Native = window.Promise;
  class Other {
    #promise;
    constructor(run) {
      this.#promise = new Native(run);
    }
    // biome-ignore lint/suspicious/noThenProperty: that is what promises have.
    then(...args) {
      return new Other((resolve, reject) => this.#promise.then(...args).then(resolve, reject));
    }
    // Old versions have neither `finally` nor later methods.
    catch(otherwise) {
      return this.then(undefined, otherwise);
    }
  }
  for (const name of ['resolve', 'reject', 'all', 'race']) {
    Other[name] = (given) => new Other((resolve, reject) => Native[name](given).then(resolve, reject));
  }
  window.Promise = Other;
}
