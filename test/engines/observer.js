// Runs at the top of every page under test, before any script of its own, and tells the proxy that served it what goes wrong
// there. A report is sent while the page waits: none is lost when the page is left, and none comes after the test has looked.
{
  const address = new URL('report', document.currentScript.src).href;

  const report = (kind, text) => {
    const body = `${kind} in ${location.pathname}: ${text}`;
    try {
      const request = new XMLHttpRequest();
      request.open('POST', address, false);
      request.send(body);
    } catch {
      // A page that is being left may not wait.
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
      // A policy that forbids the reports would otherwise be reported for ever.
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
