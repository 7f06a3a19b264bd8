import { WidgetBridge } from 'bankside';
import { defineInspector } from 'bankside/inspector';
import { observeLife } from 'bankside/monitoring';
import 'bankside/personetics';
import { record } from 'bankside/recording';
import { createTestTransport } from 'bankside/testing/doubles';
import { createWebViewHost } from 'bankside/webview-host';

const all = [WidgetBridge, defineInspector, observeLife, record, createTestTransport, createWebViewHost];
globalThis.found = all.map((one) => typeof one).join();
