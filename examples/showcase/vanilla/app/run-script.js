/** What was given first runs first. */
let before = Promise.resolve();

/**
 * Runs a script in a page. A native side may, past the page's policy; this one is a page, and has the sandbox serve the script
 * as a file, which the policy allows.
 *
 * @param {Window} page
 * @param {string} script
 */
export function runScript(page, script) {
  before = Promise.all([keep(script), before])
    .then(([path]) => load(page, path))
    .catch(console.error);
}

/** @param {string} script */
async function keep(script) {
  const response = await fetch('/sandbox/scripts', { method: 'POST', body: script });
  if (!response.ok) throw new Error(`The sandbox did not take the script: ${response.status}`);
  const { path } = await response.json();
  return path;
}

/**
 * @param {Window} page
 * @param {string} path
 */
function load({ document, trustedTypes }, path) {
  const element = document.createElement('script');
  element.async = false; // in the order of their coming, as those in a page
  // The page wants the addresses of its scripts vouched for, where its engine knows of that.
  const policy = trustedTypes?.createPolicy('native-side', { createScriptURL: (address) => address });
  element.src = /** @type {string} */ (policy ? policy.createScriptURL(path) : path);
  element.addEventListener('load', () => element.remove());
  document.head.append(element);
}
