import { WorkBudget } from '../../src/work-budget.ts'

/** A budget whose search gives way wherever it may, and counts how often. */
export class BusyBudget extends WorkBudget {
  turns = 0

  override get isHolding(): boolean {
    return true
  }

  override async giveWay(): Promise<void> {
    this.turns += 1
    await super.giveWay()
  }
}
