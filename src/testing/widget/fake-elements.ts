/** Imitates an object of jQuery 3.5.1: it contains the element, and itself, so that it is circular. */
export class FakeElements {
  readonly 0: unknown;
  readonly length = 1;
  readonly prevObject: FakeElements = this;
  /** On the prototype, as in jQuery: pages use it to recognise jQuery objects. */
  declare readonly jquery: string;

  private constructor(found: unknown) {
    this[0] = found;
  }

  /** Wraps a selector or an element. Returns a jQuery object unchanged. */
  static of(found: unknown): FakeElements {
    return found instanceof FakeElements ? found : new FakeElements(found);
  }
}

// No static block: Babel's preset for React Native 0.74 cannot read it.
Object.assign(FakeElements.prototype, { jquery: '3.5.1' });
