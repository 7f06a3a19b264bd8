import { loadOtherBuild } from './load-other-build.js';

// A stand-in for the vendor's widget in another build than the shipped one. The address says which: `personetics.js?build=d`.
loadOtherBuild(new URL(import.meta.url).searchParams.get('build') ?? '');
