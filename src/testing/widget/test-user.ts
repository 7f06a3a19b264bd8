import type { TestView } from './test-view.ts';

/** What a person does with the views of build 21.5. Each throws an Error where the view has no such thing. */
export interface TestUser {
  /** Clicks a teaser of an inbox or a carousel, counted from 0. Beside a story this opens the teaser's story. */
  clickTeaser(view: TestView, index?: number): void;
  /** Presses the button with this id in a teaser or a story. A story's button acts in the next task. */
  pressButton(view: TestView, id: string): void;
  /** Gives a story 1 to 5 stars, which opens the box for a comment. */
  rate(view: TestView, stars: number): void;
  /** Sends the comment on a story that was rated. */
  sendFeedback(view: TestView, text: string): void;
  /** Scrolls, which is reported within a second. */
  scroll(view: TestView): void;
  /** Closes an inbox. */
  closeInbox(view: TestView): void;
  /** Leaves the budgets. */
  closeBudgets(view: TestView): void;
  /** Sets the amount of a budget, counted from 0. */
  changeBudget(view: TestView, index: number, amount: number): void;
  /** Makes a budget of a category that has none. */
  addBudget(view: TestView, index: number, amount: number): void;
  /** Stops a budget. */
  stopBudget(view: TestView, index: number): void;
}
