import process from 'node:process';

/**
 * Starts the server, prints its address, and ends on SIGINT or SIGTERM.
 *
 * @param {import('./server.d.ts').ServerOptions} [options]
 */
export async function run(options) {
  const server = await start(options);
  if (!server) return;
  if (server.wanted !== server.port && server.wanted !== 0) {
    console.log(`Port ${server.wanted} is taken; this is ${server.port}.`);
  }
  console.log(`${server.sandbox ? 'Sandbox' : 'Page with real end points'}: ${server.url}/`);
  console.log('Ctrl-C ends it.');
  // Nothing is left then that would keep the process alive; a second signal has the system's own effect.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
}

/** @param {import('./server.d.ts').ServerOptions} [options] */
async function start(options) {
  try {
    const { startServer } = await import('./server.js');
    return await startServer(options);
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
    return undefined;
  }
}

/** @param {unknown} error */
function explain(error) {
  if (!(error instanceof Error)) return error;
  if (error.name === 'ConfigError') return error.message;
  if (/[\\/]dist[\\/]/.test(error.message)) return 'The package is not built yet: run "npm run build" first.';
  return error;
}
