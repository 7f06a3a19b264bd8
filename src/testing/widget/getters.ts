import { deepExtend } from './deep-extend.ts';
import type { Fields } from './request-proxy.ts';
import type { ShippedTestWidget } from './shipped-test-widget.ts';

type Names =
  | 'getJSBridge'
  | 'getConfig'
  | 'getDeviceType'
  | 'getSkinController'
  | 'getUrlWidgetType'
  | 'getProjectConfigValue'
  | 'setProjectConfiguration'
  | 'getStoryVariableMapping';

/**
 * The functions of build 21.5 that say what it holds.
 *
 * @param project The configuration of the project.
 */
export function getterFunctions(widget: ShippedTestWidget, project: Fields): Pick<ShippedTestWidget, Names> {
  const storyVariables: Fields = {};
  return {
    getJSBridge: () => widget.eventsDelegate,
    getConfig: () => widget.config,
    getDeviceType: () => widget.config['deviceType'],
    getSkinController: () => widget.skinController,
    getUrlWidgetType: (type) => widget.urlWidgetTypes[type],
    getProjectConfigValue: (name) => project[name],
    setProjectConfiguration: (given) => void deepExtend(project, given),
    getStoryVariableMapping: () => storyVariables,
  };
}
