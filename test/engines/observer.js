// Runs at the top of every page under test, before other scripts, and reports problems to the proxy. Reports are
// synchronous, so that none is lost when the page closes, and none arrives after the test has looked.
{
  const address = new URL('report', document.currentScript.src).href;

  const report = (kind, text) => {
    const body = `${kind} in ${location.pathname}: ${text}`;
    try {
      const request = new XMLHttpRequest();
      request.open('POST', address, false);
      request.send(body);
    } catch {
      // A page that is closing cannot send synchronous requests.
      navigator.sendBeacon(address, body);
    }
  };

  const describe = (value) => (value instanceof Error ? `${value}\n${value.stack}` : String(value));

  // Captured: the failure of an element to load its resource does not bubble.
  addEventListener(
    'error',
    (event) => {
      const { target } = event;
      if (target instanceof Element) report('resource', `${target.localName} ${target.src ?? target.href}`);
      else report('error', describe(event.error ?? event.message));
    },
    true,
  );

  addEventListener('unhandledrejection', ({ reason }) => report('rejection', describe(reason)));

  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI, sample, sourceFile }) => {
      // Otherwise a policy that forbids the reports would be reported for ever.
      if (blockedURI !== address)
        report('violation', `${effectiveDirective}: ${blockedURI} ${sample} ${sourceFile ?? ''}`);
    },
  );

  const { error } = console;
  console.error = (...values) => {
    report('console.error', values.map(describe).join(' '));
    error.apply(console, values);
  };
}
