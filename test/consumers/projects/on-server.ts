import { join } from 'node:path';
import type { Project } from './project.ts';

/** Reports each request that a build sends, in its output. */
const reportRequests = `
  const { fetch } = globalThis;
  globalThis.fetch = (...args) => {
    console.error('requested on the server: ' + args[0]);
    return fetch(...args);
  };
`;

/** Makes the builds of a project report requests of the pages that they render. Returns the variables that they need. */
export function reportingRequests(project: Project): { readonly NODE_OPTIONS: string } {
  project.write('report-requests.cjs', reportRequests);
  return { NODE_OPTIONS: `--require ${join(project.root, 'report-requests.cjs').replaceAll('\\', '/')}` };
}

/** Code that reports in a build's output when it is loaded on the server, and when it creates a bridge or a poller there. */
export function reportingCreation(code: string): string {
  const marked = code.replace(/new (WidgetBridge|QueuePoller)\(/, 'new (reported($1))(');
  if (marked === code) throw new Error('The code creates neither a bridge nor a poller');
  return `${marked}
function report(what: string): void {
  if (typeof window === 'undefined') console.log(what + ' on the server');
}
function reported<T>(made: T): T {
  report('created');
  return made;
}
report('loaded');
`;
}
