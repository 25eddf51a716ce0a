/// Every kind of record there is. Their order is the order of lists, of the API's description and of the reference.
enum Kinds {
    static let types: [any RecordKind.Type] = [
        PlanHeader.self, Statement.self, Goal.self, Measure.self, Focus.self, Phase.self, PlanTask.self, Alternative.self,
        Deliverable.self,
        PlanCalendar.self, CalendarEntry.self,
        Person.self, Role.self, Responsibility.self, Agreement.self, Headcount.self, Ability.self, Training.self, Incentive.self,
        BudgetLine.self, Spending.self, Need.self, RiskNote.self, Risk.self, CommonCause.self, Review.self, Adjustment.self,
        Feedback.self,
        Communication.self,
        Meeting.self, Lesson.self, SWOTItem.self, Strategy.self, Commitment.self, Experience.self, Contact.self, Reading.self,
        FocusSession.self, DailyNote.self, Stressor.self, LifeArea.self, ScopeItem.self, QualityActivity.self, Defect.self,
        AcceptanceCriterion.self, PlanDocument.self, ChangeRequest.self, Baseline.self, Trend.self, Segment.self, Persona.self,
        Competitor.self, Product.self, Channel.self, SalesTarget.self, FunnelStage.self, Campaign.self, CustomerBook.self,
        Survey.self, Process.self, Step.self,
        Pain.self, Cause.self, Improvement.self, Benefit.self, Procedure.self, Rollout.self,
    ]
}
