const Metro = require('metro');

// Metro's own configuration, as in an app of React Native 0.74.
async function bundle() {
  const config = await Metro.loadConfig({ cwd: __dirname });
  if (config.resolver.unstable_enablePackageExports) throw new Error('This Metro reads exports');
  await Metro.runBuild(config, { entry: 'app.js', dev: false, minify: false, platform: 'ios', out: `${__dirname}/out.js` });
  require('./out.js');
  console.log(globalThis.found);
}

bundle();
