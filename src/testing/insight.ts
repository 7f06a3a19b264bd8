/** Something that the widget tells the user about the user's money. */
export interface Insight {
  /** Its id. */
  readonly id: string;
  /** What it is about. */
  readonly category: 'spending' | 'saving' | 'cashflow' | 'subscriptions';
  /** In a few words. */
  readonly title: string;
  /** In a sentence. */
  readonly text: string;
  /** In whole units of the currency, with cents. */
  readonly amount?: number;
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Whether the user has opened it. */
  readonly seen: boolean;
  /** Figures to draw, as many values as labels. */
  readonly chart?: {
    /** What each value is of. */
    readonly labels: readonly string[];
    /** In whole units of the currency. */
    readonly values: readonly number[];
  };
}

/** One page of the story behind an insight. */
export interface StoryPart {
  /** Its heading. */
  readonly title: string;
  /** Its text. */
  readonly text: string;
}
