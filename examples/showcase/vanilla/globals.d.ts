declare global {
  interface Window {
    /** What the app around the page may have put there. */
    webkit?: { messageHandlers?: { personeticsApple?: object } };
    PersoneticsAndroid?: object;
    ReactNativeWebView?: object;
    PersoneticsFlutter?: object;
    flutter_inappwebview?: object;

    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): object };
    };
  }
}

export {};
