import { createElement, type FC } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import {
  useBridge,
  useBridgeEvent,
  useConnection,
  useLoadedWidget,
  useQueue,
  useQueueEvent,
  useQueuePoller,
  useWidgetBridge,
} from '../src/react.ts';

afterEach(() => void vi.restoreAllMocks());

it('S2 on a server nothing is created, nothing is pending, and React logs no warning', () => {
  const create = vi.fn();
  const warn = vi.spyOn(console, 'error');
  const Page: FC = () => {
    const bridge = useWidgetBridge(create);
    const poller = useQueuePoller(create);
    useBridgeEvent(bridge, 'request', create);
    useQueueEvent(poller, '*', create);
    const { pending, disposed } = useBridge(bridge);
    const { status, connections, failure } = useQueue(poller);
    const connection = useConnection(poller, '42');
    const { widget, error } = useLoadedWidget({ src: '/widget.js' });
    return [
      bridge,
      poller,
      pending.length,
      disposed,
      status,
      connections.size,
      failure,
      connection,
      widget,
      error,
    ].join(' ');
  };

  expect(renderToString(createElement(Page))).toBe('  0 false idle 0    ');
  expect(create).not.toHaveBeenCalled();
  expect(warn).not.toHaveBeenCalled();
});
