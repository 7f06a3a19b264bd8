export interface Insight {
  readonly id: string;
  readonly category: 'spending' | 'saving' | 'cashflow' | 'subscriptions';
  readonly title: string;
  readonly text: string;
  readonly amount?: number;
  readonly currency: 'EUR';
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly seen: boolean;
  readonly chart?: { readonly labels: readonly string[]; readonly values: readonly number[] };
}

export interface StoryPart {
  readonly title: string;
  readonly text: string;
}
