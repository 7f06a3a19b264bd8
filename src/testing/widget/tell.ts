/**
 * Calls the page with an object of the widget's, and empties the object then, since the widget uses it for something else. A
 * page that keeps the object has to copy it.
 */
export function tell(params: object, call: () => void): void {
  try {
    call();
  } finally {
    for (const name of Object.keys(params)) Reflect.deleteProperty(params, name);
  }
}
