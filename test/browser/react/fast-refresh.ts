import refresh from 'react-refresh/runtime';

// React looks for it when it is loaded: import this file before.
refresh.injectIntoGlobalHook(window);

/** A new version of a component, as a bundler hands it over when its file was saved. */
export function save<P>(component: (props: P) => unknown, hooks: string): void {
  refresh.register(component, 'the file and the name of the component');
  refresh.setSignature(component, hooks);
  refresh.performReactRefresh();
}
