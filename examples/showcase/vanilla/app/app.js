/**
 * An app that the page is shown in, played in JavaScript: what its WebView puts on the page's window, and how its native side
 * answers.
 *
 * @typedef {object} App
 * @property {string} title
 * @property {string} webView the WebView that it stands in for
 * @property {string} outward how the page reaches the native side
 * @property {string} inward how the native side reaches the page
 * @property {(wires: Wires) => Connection} connect
 *
 * @typedef {object} Connection
 * @property {Record<string, unknown>} bridge what each page finds on its window
 * @property {() => void} [onLoadStart] the page goes, and another one comes
 *
 * @typedef {object} Wires
 * @property {import('bankside').Transport} channel the bank's secured channel, which the native side alone has
 * @property {(name: string, requestId: string | undefined, message: string) => void} heard a message of the page has come
 * @property {(call: { name: string, requestId?: string, script: string }, run: (page: Window) => unknown) => void} intoPage
 *   runs something in the page; `script`: as a native side would write it
 */

import { android } from './android.js';
import { flutter } from './flutter.js';
import { ios } from './ios.js';
import { reactNative } from './react-native.js';

/** @type {Readonly<Record<string, App>>} */
export const apps = { ios, android, 'react-native': reactNative, flutter };
