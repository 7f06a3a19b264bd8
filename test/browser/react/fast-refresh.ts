import refresh from 'react-refresh/runtime';

// React looks for it when it loads, so import this file first.
refresh.injectIntoGlobalHook(window);

/** A new version of a component, as a bundler delivers it after its file was saved. */
export function save<P>(component: (props: P) => unknown, hooks: string): void {
  refresh.register(component, 'the file and the name of the component');
  refresh.setSignature(component, hooks);
  refresh.performReactRefresh();
}
