import type { ReactNode } from 'react';
import { choosePlay, nextPlay } from '../../../elsewhere-bank/sandbox/next-play.js';
import { scenarios, speeds } from '../../../elsewhere-bank/sandbox/scenarios.js';
import type { Stage } from '../connections/use-stage.ts';

/** How the next synchronisation may go. */
export function NextSynchronisation({ stage }: { stage: Stage }): ReactNode {
  const { scenario, speed } = nextPlay();
  return (
    <form
      className="panel-box"
      id="next-sync"
      aria-labelledby="next-sync-title"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        stage.startOne();
      }}
    >
      <h3 id="next-sync-title">How the next bank behaves</h3>
      <p className="panel-note">Holds for the next bank that is linked, or updated again.</p>
      <label className="field" htmlFor="next-scenario">
        <span>What happens there</span>
        <select
          id="next-scenario"
          defaultValue={scenario}
          onChange={({ target }) => choosePlay({ scenario: target.value })}
        >
          <Options of={scenarios} />
        </select>
      </label>
      <label className="field" htmlFor="next-speed">
        <span>How fast</span>
        <select
          id="next-speed"
          defaultValue={speed}
          onChange={({ target }) => choosePlay({ speed: Number(target.value) })}
        >
          <Options of={speeds} />
        </select>
      </label>
      <div className="fault-buttons">
        <button type="submit" className="fault-button">
          Start one
        </button>
        <button type="button" className="fault-button" id="confirm-there" onClick={stage.confirm}>
          Confirm in the app
        </button>
      </div>
    </form>
  );
}

function Options({ of }: { of: Readonly<Record<string, string>> }): ReactNode {
  return Object.entries(of).map(([value, words]) => (
    <option value={value} key={value}>
      {words}
    </option>
  ));
}
