import type { Fields } from '../request-proxy.ts';
import { isBarred } from './text-filter.ts';
import { View } from './view.ts';

/** `manage-budgets`. */
export class BudgetsView extends View {
  start(): void {
    this.widget.getBudgetsCategories(...this.filledBy((reply) => this.#draw(reply)));
  }

  #draw(reply: Fields): void {
    const { budgets } = reply;
    if (isBarred(reply) || !Array.isArray(budgets) || !budgets.length) {
      this.showError('A problem occurred');
      return;
    }
    this.settle('shown');
    this.items.push(...budgets);
    this.closeLoader();
  }

  /** Reports what was done to a budget, has it saved, and asks for all of them again. */
  save(report: 'updateBudget' | 'newBudget' | 'deleteBudget', budget: Fields, changes: Fields): void {
    const { budgetKey } = budget;
    this.report(report, budgetKey);
    const refresh = this.filledBy(() => {
      this.tellEvent({ parentCtrl: this }, { eventType: 'refreshInsights' });
      this.items.length = 0;
      this.start();
    });
    this.widget.setBudgetSettings([{ budgetKey, ...changes }], ...refresh);
    // The widget was seen to ask for the change directly after its report. The event, which leaves as soon as it is
    // kept, can only come after both.
    this.keepEvent(report, budgetKey);
  }

  close(): void {
    this.widget.notifyEvent({
      eventMessage: { type: 'sendEvents', eventInfo: { type: 'ExitBudget', params: {} } },
    });
    this.report('backButtonClicked', '1');
    this.tellDelegate('sessionEnded', {});
  }
}
