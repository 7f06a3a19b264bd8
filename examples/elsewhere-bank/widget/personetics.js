import { loadBuild } from './builds.js';

// A stand-in for the vendor's widget. It has the vendor's global names and calls the page as the real ones do, but what it
// shows is this example's own. The address says which build it stands for: `personetics.js?build=d`.
loadBuild(new URL(import.meta.url).searchParams.get('build') ?? undefined);
