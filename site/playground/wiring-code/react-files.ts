import type { Settings } from '../settings.ts';
import { bridgeCode, bridgeImports, isInApp, transportCode } from './bridge-code.ts';
import type { CodeFile } from './code-file.ts';
import { importOf, indent, joinLines, joinParts } from './layout.ts';
import { hasPoller, pollerCode, wordsCode } from './poller-code.ts';
import { tokenCode } from './token-code.ts';
import { startFunction, USER_CODE } from './widget-code.ts';

/** A component for React. */
export function reactFiles(settings: Settings): readonly CodeFile[] {
  const text = joinParts(
    imports(settings),
    USER_CODE,
    component(settings),
    startFunction(settings),
    hasPoller(settings) ? wordsCode(true) : undefined,
    tokenCode(settings, true),
  );
  return [{ name: 'insights.tsx', text }];
}

function imports(settings: Settings): string {
  const isFollowing = hasPoller(settings);
  const queueHooks = ['useQueue', 'useQueueEvent', 'useQueuePoller'];
  return joinLines(
    importOf('bankside', [
      'widgetActions',
      ...bridgeImports(settings),
      ...(isInApp(settings.shownIn) ? [] : ['type Credential']),
      ...(isFollowing ? ['QueuePoller', 'type ConnectionState'] : []),
    ]),
    "import 'bankside/personetics'; // the vendor's globals, for TypeScript",
    importOf('bankside/react', ['useBridgeEvent', 'useWidgetBridge', ...(isFollowing ? queueHooks : [])]),
    "import { useEffect } from 'react';",
  );
}

function component(settings: Settings): string {
  const isFollowing = hasPoller(settings);
  const bridge = `const bridge = useWidgetBridge((signal) => {
  const transport = ${indent(transportCode(settings, true), 2)};
  return ${bridgeCode(settings, false)};
});`;
  const body = joinLines(
    bridge,
    isFollowing ? `const poller = useQueuePoller(() => ${pollerCode(settings)});` : undefined,
    isFollowing ? 'const { connections } = useQueue(poller);' : undefined,
    "useBridgeEvent(bridge, 'failure', ({ error }) => console.warn(error.message));",
    isFollowing ? "useQueueEvent(poller, 'failure', ({ error }) => console.warn(error.message));" : undefined,
    'useEffect(() => bridge && startWidget(bridge), [bridge]);',
    isFollowing ? WITH_CONNECTIONS : 'return <div id="insights" />;',
  );
  return `export function Insights() {\n  ${indent(body, 2)}\n}`;
}

const WITH_CONNECTIONS = `return (
  <>
    <div id="insights" />
    <h2>Your banks</h2>
    <ul aria-live="polite">
      {[...connections.values()].map((connection) => (
        <li key={connection.id}>{\`\${connection.name}: \${wordsFor(connection)}\`}</li>
      ))}
    </ul>
  </>
);`;
