import { loadBuild } from './builds.js';

// A stand-in for the vendor's widget, in the build that the vendor ships. It has the vendor's global names and calls the page as the real
// one does, but what it shows is this example's own. The page's import map must name `bankside/testing/doubles`.
loadBuild('a');
