/** A hint for the user about their money. */
export interface Insight {
  /** The id of the insight. */
  readonly id: string;
  /** The id of its type. The widget passes it on as `instanceId`. */
  readonly insightId: string;
  /** A sentence. */
  readonly text: string;
  /** `'read'` after its story was opened. */
  readonly status: 'new' | 'unread' | 'read';
  /** The layout of its teaser. */
  readonly teaserTemplate: 'simpleText';
  /** The parts of its teaser. */
  readonly teaserBlocks: readonly TeaserBlock[];
  /** The actions of its teaser's buttons. */
  readonly actions: readonly InsightAction[];
  /** The subject. Shipped widgets do not read this field, nor those below. */
  readonly category: 'spending' | 'saving' | 'cashflow' | 'subscriptions';
  /** A few words. */
  readonly title: string;
  /** In whole units of the currency, with cents as decimals. */
  readonly amount?: number;
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Figures for a chart: one label for each value. */
  readonly chart?: {
    /** The labels of the values. */
    readonly labels: readonly string[];
    /** In whole units of the currency. */
    readonly values: readonly number[];
  };
}

/** A part of a teaser. */
export type TeaserBlock =
  | {
      /** Its place in the template. */
      readonly blockId: 'date';
      /** Its type. */
      readonly type: 'date-box';
      /** `YYYY-MM-DD`. */
      readonly date: string;
    }
  | {
      /** Its place in the template. */
      readonly blockId: 'title' | 'teaser-text';
      /** Its type. */
      readonly type: 'text';
      /** The text. */
      readonly text: string;
    }
  | {
      /** Its place in the template. */
      readonly blockId: 'buttons';
      /** Its type. */
      readonly type: 'buttons';
      /** The buttons. */
      readonly options: readonly TeaserButton[];
    };

/** A button of a teaser. */
export interface TeaserButton {
  /** Its id. */
  readonly id: string;
  /** Its label. */
  readonly text: string;
  /** It is enabled. */
  readonly active: true;
  /** The `actionId` of its action. */
  readonly action: string;
}

/** The action of a button in a teaser or a story. */
export interface InsightAction {
  /** Its id. */
  readonly actionId: string;
  /** A navigation by the bank's page. */
  readonly actionType: 'externalNavigation';
  /** The details. */
  readonly payload: {
    /** The target of the navigation. */
    readonly navigateTarget: string;
  };
}
