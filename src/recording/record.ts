import { attempt, checkCall, checkOption, isFunction, isObject } from '../check.ts';
import { checkOptionNames, type NamesOf } from '../text/known-names.ts';
import { shortText } from '../text/printable.ts';
import type { RecordedBridge, RecordedPoller, Recorder, RecordOptions } from './recorder.ts';
import { RunningRecording } from './running-recording.ts';
import { textOf } from './text-of.ts';

const OPTIONS: NamesOf<RecordOptions> = { allow: true, maxBytes: true };
const MAX_BYTES = 5_000_000;

/**
 * Records the requests of a bridge and the events of a poller, for a ticket or a test. Values that may be personal are replaced
 * as they arrive, and there is no way to turn that off: a value stays only if its field is known and the value is one of that
 * field's. Headers, tokens and messages of errors are never recorded.
 *
 * @param bridge The bridge, if there is one.
 * @param poller The poller. Default: the bridge's poller, if it has one.
 * @throws BanksideError `INVALID_CALL` without a bridge and a poller, and `INVALID_OPTIONS`, naming the option.
 * @example
 * ```ts
 * import type { WidgetBridge } from 'bankside';
 * import { record } from 'bankside/recording';
 *
 * declare const bridge: WidgetBridge;
 * const recorder = record(bridge);
 * // Later, when the fault has happened:
 * recorder.stop();
 * const file = new Blob([recorder.text()], { type: 'application/json' });
 * ```
 */
export function record(
  bridge: RecordedBridge | undefined,
  poller: RecordedPoller | undefined = bridge?.queue,
  options: RecordOptions = {},
): Recorder {
  checkSources(bridge, poller);
  checkOptions(options);
  const { allow, maxBytes = MAX_BYTES } = options;
  const recording = new RunningRecording(allow, maxBytes);
  if (bridge) recording.followBridge(bridge);
  if (poller) recording.followPoller(poller);
  return {
    get bytes() {
      return recording.bytes;
    },
    recording: () => recording.copy(),
    text: () => textOf(recording.copy()),
    stop: () => recording.stop(),
  };
}

function checkSources(bridge: unknown, poller: unknown): void {
  const hasBridge = bridge !== undefined && bridge !== null;
  const hasPoller = poller !== undefined && poller !== null;
  checkCall(hasBridge || hasPoller, 'record', 'a WidgetBridge, a QueuePoller, or both', bridge ?? poller);
  checkCall(!hasBridge || isBridge(bridge), 'record', 'a WidgetBridge as its first argument', bridge);
  checkCall(!hasPoller || isPoller(poller), 'record', 'a QueuePoller as its second argument', poller);
}

/** By its members, since it may come from another window. A poller has no `queue`. */
function isBridge(source: unknown): boolean {
  const bridge = source as RecordedBridge;
  return attempt(() => isFunction(bridge.on) && 'queue' in bridge) === true;
}

function isPoller(source: unknown): boolean {
  const poller = source as RecordedPoller;
  return attempt(() => isFunction(poller.on) && isFunction(poller.getSnapshot().connections.values)) === true;
}

function checkOptions(options: unknown): void {
  checkOption(isObject(options), 'options', 'an object', options);
  checkOptionNames(options, OPTIONS);
  const { allow, maxBytes } = options as Record<keyof RecordOptions, unknown>;
  checkOption(
    maxBytes === undefined || (typeof maxBytes === 'number' && maxBytes > 0),
    'maxBytes',
    'a number above 0',
    maxBytes,
  );
  checkOption(
    allow === undefined || (isObject(allow) && !Array.isArray(allow)),
    'allow',
    'an object of fields',
    allow,
  );
  for (const [field, values] of Object.entries(allow ?? {})) {
    const isList = Array.isArray(values) && values.every((value) => typeof value === 'string');
    checkOption(
      values === true || isList,
      `allow.${shortText(field, 64)}`,
      'true or a list of strings',
      values,
    );
  }
}
