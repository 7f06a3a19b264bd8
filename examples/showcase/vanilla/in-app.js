/**
 * Whether the bank's app shows this page. The native side then sends the requests, and the page needs no token.
 *
 * Most apps inject their objects before the page's scripts run. An app that injects them later adds `?in-app` to the address.
 *
 * @param {Window} [page]
 */
export function isInApp(page = window) {
  const { webkit, PersoneticsAndroid, ReactNativeWebView, PersoneticsFlutter, flutter_inappwebview } = page;
  const found = [
    webkit?.messageHandlers?.personeticsApple,
    PersoneticsAndroid,
    ReactNativeWebView,
    PersoneticsFlutter,
    flutter_inappwebview,
  ];
  return found.some(Boolean) || new URLSearchParams(page.location.search).has('in-app');
}
