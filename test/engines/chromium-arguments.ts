/** Features of the browser's own address bar. Each window of it, even one that nobody sees, costs a second of work. */
const ownPopups = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** How Chromium is started. */
export const chromiumArguments: readonly string[] = [
  `--disable-features=${ownPopups.join()}`,
  // Containers have a tiny /dev/shm; and the sandbox of Chromium does not run as root.
  '--disable-dev-shm-usage',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
