/** A request of a test widget with the number of its replies. */
export interface LedgerEntry {
  readonly id: string | number;
  /** The name of the request in faults. */
  readonly what: string;
  /** Whether the delegate's function is still running. */
  isCalling: boolean;
  /** Whether a later request with the same id gets its replies. */
  isReplaced: boolean;
  answers: number;
  /** Called with the reason if the request gets no valid reply. */
  reject?: ((error: Error) => void) | undefined;
}

/** The requests of a test widget, and the faults of their replies. */
export interface RequestLedger {
  readonly entries: readonly LedgerEntry[];
  readonly faults: readonly string[];
  open(id: string | number, server: string): LedgerEntry;
  /** Counts a reply. Returns the faults of this reply. */
  answered(entry: LedgerEntry, through: string): string[];
  /** Records a fault. Returns its full text. */
  fault(text: string): string;
  /** @throws Error that lists all faults, and all requests without a reply. */
  assertExactlyOnce(): void;
}

/** @param label The name of the widget in faults. */
export function createRequestLedger(label: string): RequestLedger {
  const entries: LedgerEntry[] = [];
  const faults: string[] = [];
  const fault = (text: string): string => {
    const message = `${label}: ${text}`;
    faults.push(message);
    return message;
  };
  return {
    entries,
    faults,
    fault,
    open(id, server) {
      const what = `the request ${showId(id)} to ${server}`;
      const entry: LedgerEntry = { id, what, isCalling: true, isReplaced: false, answers: 0 };
      entries.push(entry);
      return entry;
    },
    answered(entry, through) {
      entry.answers += 1;
      const { what, answers, isCalling } = entry;
      const found: string[] = [];
      if (isCalling) found.push(fault(`${what} was answered before the delegate’s function had returned`));
      if (answers > 1) found.push(fault(`${what} was answered ${answers} times, now through ${through}`));
      return found;
    },
    assertExactlyOnce() {
      const unanswered = entries
        .filter(({ answers, isReplaced }) => answers === 0 && !isReplaced)
        .map(({ what }) => `${label}: ${what} was not answered`);
      const all = [...faults, ...unanswered];
      if (all.length) throw new Error(all.join('\n'));
    },
  };
}

/** Shows the type too: `1` and `'1'` are different ids. */
export function showId(id: unknown): string {
  return typeof id === 'string' ? JSON.stringify(id) : String(id);
}
