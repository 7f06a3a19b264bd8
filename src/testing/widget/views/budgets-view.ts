import type { WidgetFields } from '../deep-extend.ts';
import { isForbidden, View } from './view.ts';

/** `manage-budgets`. */
export class BudgetsView extends View {
  start(): void {
    this.widget.getBudgetsCategories(...this.filledBy((reply) => this.#draw(reply)));
  }

  #draw(reply: WidgetFields): void {
    const { budgets } = reply;
    if (isForbidden(reply) || !Array.isArray(budgets) || !budgets.length) {
      this.showError('A problem occurred');
      return;
    }
    this.settle('shown');
    this.items.push(...budgets);
    this.closeLoader();
  }

  /** Reports a change of a budget, saves it, and requests all budgets again. */
  save(
    report: 'updateBudget' | 'newBudget' | 'deleteBudget',
    budget: WidgetFields,
    changes: WidgetFields,
  ): void {
    const { budgetKey } = budget;
    this.report(report, budgetKey);
    const refresh = this.filledBy(() => {
      this.emitEvent({ parentCtrl: this }, { eventType: 'refreshInsights' });
      this.items.length = 0;
      this.start();
    });
    this.widget.setBudgetSettings([{ budgetKey, ...changes }], ...refresh);
    // Observed: the widget requests the change directly after its report. The event is sent as soon as it is kept, and so
    // comes last.
    this.keepEvent(report, budgetKey);
  }

  close(): void {
    this.widget.notifyEvent({
      eventMessage: { type: 'sendEvents', eventInfo: { type: 'ExitBudget', params: {} } },
    });
    this.report('backButtonClicked', '1');
    this.callDelegate('sessionEnded', {});
  }
}
