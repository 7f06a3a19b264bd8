/** Something that the widget tells the user about the user's money. */
export interface Insight {
  /** Its own id. */
  readonly id: string;
  /** The id of its type. The widget hands it on as `instanceId`. */
  readonly insightId: string;
  /** In a sentence. */
  readonly text: string;
  /** `'read'` once its story was opened. */
  readonly status: 'new' | 'unread' | 'read';
  /** How its teaser looks. */
  readonly teaserTemplate: 'simpleText';
  /** What its teaser is made of. */
  readonly teaserBlocks: readonly TeaserBlock[];
  /** What the buttons of its teaser do. */
  readonly actions: readonly InsightAction[];
  /** What it is about. Of the sandbox: shipped widgets do not read this and what follows. */
  readonly category: 'spending' | 'saving' | 'cashflow' | 'subscriptions';
  /** In a few words. */
  readonly title: string;
  /** In whole units of the currency, with cents. */
  readonly amount?: number;
  /** ISO 4217. */
  readonly currency: 'EUR';
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Figures to draw, as many values as labels. */
  readonly chart?: {
    /** What each value is of. */
    readonly labels: readonly string[];
    /** In whole units of the currency. */
    readonly values: readonly number[];
  };
}

/** A piece of a teaser. */
export type TeaserBlock =
  | {
      /** Where it stands in the template. */
      readonly blockId: 'date';
      /** How it is drawn. */
      readonly type: 'date-box';
      /** `YYYY-MM-DD`. */
      readonly date: string;
    }
  | {
      /** Where it stands in the template. */
      readonly blockId: 'title' | 'teaser-text';
      /** How it is drawn. */
      readonly type: 'text';
      /** The words. */
      readonly text: string;
    }
  | {
      /** Where it stands in the template. */
      readonly blockId: 'buttons';
      /** How it is drawn. */
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
  /** It can be pressed. */
  readonly active: true;
  /** The `actionId` of what it does. */
  readonly action: string;
}

/** What a button of a teaser or a story does. */
export interface InsightAction {
  /** Its id. */
  readonly actionId: string;
  /** A navigation, which the bank's page carries out. */
  readonly actionType: 'externalNavigation';
  /** Where to. */
  readonly payload: {
    /** Where to go. */
    readonly navigateTarget: string;
  };
}
