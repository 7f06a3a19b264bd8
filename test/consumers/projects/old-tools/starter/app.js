import { WidgetBridge } from 'bankside';
import { defineInspector } from 'bankside/inspector';
import { observeLife } from 'bankside/monitoring';
import 'bankside/personetics';
import { createTestTransport } from 'bankside/testing/doubles';
import { createWebViewHost } from 'bankside/webview-host';

const all = [WidgetBridge, defineInspector, observeLife, createTestTransport, createWebViewHost];
globalThis.found = all.map((one) => typeof one).join();
