import { version } from 'react';

if (!version.startsWith('18.0.0')) throw new Error(`React ${version} is not the oldest`);

// Its place before React 18.3.
export { act } from 'react-dom/test-utils';
