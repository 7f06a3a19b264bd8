/** One request of a test widget, and how often it was answered. */
export interface LedgerEntry {
  readonly id: string | number;
  /** Names the request in a fault. */
  readonly what: string;
  /** Whether the delegate's function has not returned yet. */
  isCalling: boolean;
  /** A later request of the same id takes its answers. */
  isReplaced: boolean;
  answers: number;
  /** Hears why the request gets no right answer. */
  reject?: ((error: Error) => void) | undefined;
}

/** What a test widget asked, and what was wrong with the answers. */
export interface RequestLedger {
  readonly entries: readonly LedgerEntry[];
  readonly faults: readonly string[];
  open(id: string | number, server: string): LedgerEntry;
  /** Counts an answer. Returns the faults that this answer has. */
  answered(entry: LedgerEntry, through: string): string[];
  /** Records a fault. Returns its text. */
  fault(text: string): string;
  /** @throws Error with each fault, and each request without an answer. */
  assertExactlyOnce(): void;
}

/** @param label Names the widget in each fault. */
export function createRequestLedger(label: string): RequestLedger {
  const entries: LedgerEntry[] = [];
  const faults: string[] = [];
  const fault = (text: string): string => {
    const told = `${label}: ${text}`;
    faults.push(told);
    return told;
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

/** With its type, which is a part of an id. */
export function showId(id: unknown): string {
  return typeof id === 'string' ? JSON.stringify(id) : String(id);
}
