import { type ReactNode, useState } from 'react';
import { forgetFaults } from '../../../elsewhere-bank/sandbox/faults.js';
import type { Trouble } from '../../../elsewhere-bank/sandbox/trouble.js';

interface TroublesProps {
  id: string;
  title: string;
  hint: string;
  troubles: readonly Trouble[];
  resetName: string;
  afterReset: string;
  /** What meets the trouble. */
  then?: () => void;
}

/** Buttons that make something go wrong, and what to expect of that. */
export function Troubles({
  id,
  title,
  hint,
  troubles,
  resetName,
  afterReset,
  then,
}: TroublesProps): ReactNode {
  const [words, setWords] = useState(hint);
  const reset: Trouble = {
    name: resetName,
    label: 'Reset',
    expect: afterReset,
    make: () => forgetFaults().then(() => true),
  };

  async function cause({ make, expect }: Trouble): Promise<void> {
    setWords(''); // so that the same words are said again
    const isDone = await make().catch(() => false);
    setWords(isDone ? expect : 'The sandbox did not take that.');
    if (isDone) then?.();
  }

  return (
    <section className="panel-box" id={`${id}s`} aria-labelledby={`${id}s-title`}>
      <h3 id={`${id}s-title`}>{title}</h3>
      <p className="fault-expect" role="status" id={`${id}-expect`}>
        {words}
      </p>
      <div className="fault-buttons" role="group" aria-labelledby={`${id}s-title`}>
        {[...troubles, reset].map((trouble) => (
          <button
            type="button"
            className="fault-button"
            data-fault={trouble.name}
            key={trouble.name}
            onClick={() => cause(trouble)}
          >
            {trouble.label}
          </button>
        ))}
      </div>
    </section>
  );
}
