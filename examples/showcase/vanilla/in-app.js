/**
 * Whether the bank's app shows this page: its native side then carries the requests, and the page needs no token.
 *
 * Most apps put their side of the bridge there before the page's scripts run, so that it is found. One that comes later
 * cannot be: such an app opens the page at an address that says so.
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
