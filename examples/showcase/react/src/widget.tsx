import type { WidgetBridge } from 'bankside';
import { type ReactNode, useEffect, useRef } from 'react';

export function Widget({ bridge }: { bridge: WidgetBridge | undefined }): ReactNode {
  useEffect(() => bridge?.attach(() => window.personetics, {}), [bridge]);
  return (
    <section id="widget" aria-labelledby="widget-title" tabIndex={-1}>
      <div className="section-head">
        <h2 id="widget-title">Your money, at a glance</h2>
        <a className="to-panel" href="#bridge-panel">
          What the bridge is doing
        </a>
      </div>
      {bridge && <StandIn handlePersoEvent={bridge.handlePersoEvent} />}
    </section>
  );
}

/** In place of the vendor's React component, which takes the same property. */
function StandIn({ handlePersoEvent }: { handlePersoEvent: (message: object) => void }): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    window.PersoWidget.widgetEventHandler = handlePersoEvent;
    window.personetics.startWidget({ widgetType: 'teaser-widget-carousel', el: root.current });
  }, [handlePersoEvent]);
  return <div id="widget-root" ref={root} />;
}
