import type { CallShape, Fault, ScenarioName } from 'bankside/testing';

/** Where the bank's page is shown. */
type ShownIn = 'browser' | 'ios' | 'android' | 'react-native' | 'flutter';

/** The widget of the page: a stand-in that calls in one of the shapes, or one that calls as a shipped build does. */
export type WidgetBuild = CallShape | 'shipped';

/** Everything that can be chosen in the playground. All of it stands in the address. */
export interface Settings {
  /** Default `browser`. */
  readonly shownIn: ShownIn;
  /** Default `shipped`. */
  readonly widget: WidgetBuild;
  /** How replies reach the widget. Default `object`. */
  readonly replies: 'object' | 'json' | 'base64';
  /** The time limit of a request, in ms. Default 4_000. */
  readonly timeout: number;
  /** In order. Default: none. */
  readonly faults: readonly Fault[];
  /** What the user's bank connection does, when the page has subscribed. Default `success`. */
  readonly synchronisation: ScenarioName | 'random' | 'none';
  /** How many times as fast. Default 1. */
  readonly speed: number;
  /** Of the sandbox's data, and of random synchronisations. Default 1. */
  readonly seed: number;
  /** The wiring code that is shown. Default `vanilla`. */
  readonly code: 'vanilla' | 'react' | 'angular';
}
