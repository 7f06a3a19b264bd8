declare module 'react-refresh/runtime' {
  const runtime: {
    injectIntoGlobalHook(page: Window): void;
    register(component: unknown, id: string): void;
    setSignature(component: unknown, hooks: string): void;
    performReactRefresh(): void;
  };
  export default runtime;
}
