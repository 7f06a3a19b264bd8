// The command: starts the server, says where, and ends at once when it is told to.
import process from 'node:process';

const server = await start();
if (server) {
  if (server.wanted !== server.port && server.wanted !== 0) {
    console.log(`Port ${server.wanted} is taken; this is ${server.port}.`);
  }
  console.log(`${server.sandbox ? 'Sandbox' : 'Page with real end points'}: ${server.url}/`);
  console.log('Ctrl-C ends it.');
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      await server.close();
      process.exit(0);
    });
  }
}

async function start() {
  try {
    const { startServer } = await import('./server.js');
    return await startServer();
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
  if (error.message.includes('/dist/')) return 'The package is not built yet: run "npm run build" first.';
  return error;
}
