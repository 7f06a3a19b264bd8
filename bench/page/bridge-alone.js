import { WidgetBridge } from 'bankside';

// A page with its own transport, which each bundler builds.
Object.assign(window, { bridge: new WidgetBridge({ transport: { send: () => ({ ok: true }) } }) });
