import { describe } from 'vitest';
import { nativeTransport, type ServerName, type Widget } from '../../src/index.ts';
import type { Arrival, Channel, Driver } from '../transport/contract/driver.ts';
import { endsEachRequestOnce } from '../transport/contract/endings.ts';
import { handOvers } from '../transport/contract/hand-overs.ts';
import { contractTests } from '../transport/contract/wired.ts';
import { HostTransport } from '../transport/fixtures/host-transport.ts';
import { type NativeCall, standIn } from '../transport/fixtures/native-app.ts';

/** A transport that the test answers itself. */
const inHand: Driver = {
  name: 'a transport',
  cannot: {
    'be disposed': 'it holds nothing open',
    'answer twice': 'its send has one answer',
  },
  connect(): Channel {
    const host = new HostTransport();
    return { transport: host, ...host.channel };
  },
};

const SERVERS: Readonly<Record<string, ServerName>> = {
  sendRequestToPServer: 'pserver',
  sendRequestToEnrichServer: 'enrich',
  sendRequestToOBServer: 'ob',
};

/** An app whose native code answers by a function of the widget's, before which the bridge stands (B2). */
const byWidgetFunction = (name: 'handlePServerResponse' | 'handleServerResponse'): Driver => ({
  name: `an app that answers by ${name} of the widget`,
  cannot: { 'hear of the end': 'no published message informs native code of an aborted request' },
  connect(): Channel {
    const arrivals: Arrival[] = [];
    let widget: Widget | undefined;
    standIn('android', {
      onCall({ sender, requestData, requestId }: NativeCall) {
        const answer = (reply: object): void => {
          widget?.[name]?.(JSON.stringify(reply) as never, requestId as never);
        };
        const server = SERVERS[sender] as ServerName;
        arrivals.push({ server, body: requestData, headers: {}, gone: false, answer });
      },
      onNotice: () => {},
    });
    return {
      transport: nativeTransport({ shell: 'android' }),
      arrivals,
      meet(wired) {
        widget = wired;
      },
    };
  },
});

const drivers = [inHand, byWidgetFunction('handlePServerResponse'), byWidgetFunction('handleServerResponse')];

/** B13: whichever way the bridge was handed over, each request comes to one end. */
for (const handOver of handOvers) {
  for (const driver of drivers) {
    describe(`B13 ${handOver.name}, over ${driver.name}`, () => {
      endsEachRequestOnce(driver, handOver, contractTests(driver, handOver));
    });
  }
}
