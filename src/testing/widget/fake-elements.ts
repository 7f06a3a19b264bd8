/** Stands for an object of jQuery 3.5.1: what it found, and itself, so that it is circular. */
export class FakeElements {
  readonly 0: unknown;
  readonly length = 1;
  readonly prevObject: FakeElements = this;
  /** On the prototype, as jQuery has it: pages know its objects by that. */
  declare readonly jquery: string;

  static {
    Object.assign(FakeElements.prototype, { jquery: '3.5.1' });
  }

  private constructor(found: unknown) {
    this[0] = found;
  }

  /** jQuery's object of a selector, an element, or an object of jQuery's. */
  static of(found: unknown): FakeElements {
    return found instanceof FakeElements ? found : new FakeElements(found);
  }
}
