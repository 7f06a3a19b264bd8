import type { Settings } from '../settings.ts';
import { isInApp } from './bridge-code.ts';
import { indent, joinLines } from './layout.ts';

/** Whose requests the page sends, with a name that the code uses. */
export const USER_CODE = "const user = { userId: 'user-1', lang: 'en', deviceType: 'web' };";

/** Connects the widget with the bridge, and starts it. The page runs this once. */
export function startCode(settings: Settings): string {
  return joinLines(
    `bridge.attach(${attached(settings)});`,
    ...delegateLines(settings),
    `personetics.initialize({ ${optionsOf(settings)} });`,
    ...actionLines(settings, ''),
    START_VIEW,
  );
}

/** The function `startWidget(bridge)`, which a component may call more than once. It returns its cleanup function. */
export function startFunction(settings: Settings): string {
  const body = joinLines(
    `const detach = bridge.attach(${attached(settings)});`,
    ...delegateLines(settings),
    '// With a function, the widget does not throw when a component starts it again.',
    `personetics.initialize({ ${optionsOf(settings)} }, () => {});`,
    ...actionLines(settings, 'const stopActions = '),
    START_VIEW,
    'return () => {\n  stopActions();\n  detach();\n};',
  );
  return `/** Connects the widget with the bridge, and starts it. Returns the cleanup function. */
function startWidget(bridge: WidgetBridge): () => void {
  ${indent(body, 2)}
}`;
}

const START_VIEW = "personetics.startWidget({ ...user, widgetType: 'teaser-widget', el: '#insights' });";

/** The packages for React and Angular send messages to an object of their own. */
function attached({ widget }: Settings): string {
  return widget === 'd' ? 'personetics, PersoWidget' : 'personetics';
}

/** Builds look for the page's functions in one of these places. */
function delegateLines({ widget, replies }: Settings): (string | undefined)[] {
  return [
    'window.EventDelegate = bridge.EventDelegate;',
    'const delegates = { pDelegate: bridge.delegate, eventsDelegate: bridge.delegate };',
    widget === 'shipped' && replies === 'json'
      ? '// Core 21.5 takes JSON text for a failure: it needs objects or Base64.'
      : undefined,
  ];
}

function optionsOf({ replies }: Settings): string {
  return `...user, ...delegates, base64EncodeResponse: ${replies === 'base64'}`;
}

function actionLines({ shownIn }: Settings, before: string): (string | undefined)[] {
  return [
    isInApp(shownIn) ? '// Turn off what your app does itself, such as `openStory: false`.' : undefined,
    `${before}widgetActions(bridge, {
  widget: personetics,
  element: '#insights',
  config: user,
});`,
  ];
}
