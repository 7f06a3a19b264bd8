import type { Settings } from '../settings.ts';
import { bridgeCode, bridgeImports, isInApp, transportCode } from './bridge-code.ts';
import type { CodeFile } from './code-file.ts';
import { importOf, indent, joinLines, joinParts } from './layout.ts';
import { hasPoller, pollerCode, wordsCode } from './poller-code.ts';
import { tokenCode } from './token-code.ts';
import { startFunction, USER_CODE } from './widget-code.ts';

/** A component for Angular, and what provides its bridge. */
export function angularFiles(settings: Settings): readonly CodeFile[] {
  return [
    { name: 'app.config.ts', text: config(settings) },
    { name: 'insights.ts', text: component(settings) },
  ];
}

function config(settings: Settings): string {
  const isFollowing = hasPoller(settings);
  const imports = joinLines(
    "import type { ApplicationConfig } from '@angular/core';",
    importOf('bankside', [
      ...bridgeImports(settings),
      ...(isInApp(settings.shownIn) ? [] : ['type Credential']),
      ...(isFollowing ? ['QueuePoller'] : []),
    ]),
    importOf('bankside/angular', ['provideWidgetBridge', ...(isFollowing ? ['provideQueuePoller'] : [])]),
    isFollowing ? "import { user } from './insights';" : undefined,
  );
  const providers = joinLines(
    `provideWidgetBridge((signal) => {
  const transport = ${indent(transportCode(settings, true), 2)};
  return ${bridgeCode(settings, false)};
}),`,
    isFollowing ? `provideQueuePoller(() => ${pollerCode(settings)}),` : undefined,
  );
  return joinParts(
    imports,
    `export const appConfig: ApplicationConfig = {
  providers: [
    ${indent(providers, 4)}
  ],
};`,
    tokenCode(settings, true),
  );
}

function component(settings: Settings): string {
  const isFollowing = hasPoller(settings);
  const imports = joinLines(
    importOf('@angular/core', [
      'afterNextRender',
      'Component',
      'DestroyRef',
      'inject',
      ...(isFollowing ? ['computed'] : []),
    ]),
    importOf('bankside', [
      'type WidgetBridge',
      'widgetActions',
      ...(isFollowing ? ['type ConnectionState'] : []),
    ]),
    importOf('bankside/angular', [
      'fromEvents',
      'injectWidgetBridge',
      ...(isFollowing ? ['injectQueuePoller', 'injectSnapshot'] : []),
    ]),
    "import 'bankside/personetics'; // the vendor's globals, for TypeScript",
  );
  return joinParts(
    imports,
    `${isFollowing ? 'export ' : ''}${USER_CODE}`,
    isFollowing ? WITH_CONNECTIONS : ALONE,
    startFunction(settings),
    isFollowing ? wordsCode(true) : undefined,
  );
}

const CONSTRUCTOR = `const bridge = injectWidgetBridge();
const destroyRef = inject(DestroyRef);
fromEvents(bridge, 'failure').subscribe(({ error }) => console.warn(error.message));`;

const START = 'afterNextRender(() => bridge && destroyRef.onDestroy(startWidget(bridge)));';

const ALONE = `@Component({ selector: 'bank-insights', template: '<div id="insights"></div>' })
export class Insights {
  constructor() {
    ${indent(CONSTRUCTOR, 4)}
    ${START}
  }
}`;

const WITH_CONNECTIONS = `@Component({
  selector: 'bank-insights',
  template: \`
    <div id="insights"></div>
    <h2>Your banks</h2>
    <ul aria-live="polite">
      @for (bank of banks(); track bank.id) {
        <li>{{ bank.name }}: {{ wordsFor(bank) }}</li>
      }
    </ul>
  \`,
})
export class Insights {
  private readonly poller = injectQueuePoller();
  private readonly queue = injectSnapshot(this.poller);
  protected readonly banks = computed(() => [...(this.queue()?.connections.values() ?? [])]);
  protected readonly wordsFor = wordsFor;

  constructor() {
    ${indent(CONSTRUCTOR, 4)}
    fromEvents(this.poller, 'failure').subscribe(({ error }) => console.warn(error.message));
    ${START}
  }
}`;
