using Plura.Opportunities.Data;

namespace Plura.Opportunities;

/// <summary>What happened to a card, as sentences.</summary>
internal static class StepWords
{
    /// <summary>For the board, right after: <c>“New roof” moved to Offer sent.</c></summary>
    public static string Done(string name, OpportunityStep step) => step.FromStatus != step.ToStatus
        ? step.ToStatus switch
        {
            Statuses.Won => $"“{name}” is won.",
            Statuses.Lost => $"“{name}” is lost.",
            Statuses.Abandoned => $"“{name}” is given up.",
            _ => $"“{name}” is open again.",
        }
        : $"“{name}” moved to {step.ToStage}.";

    /// <summary>For the history: <c>Cora moved it from New to Offer sent</c>.</summary>
    public static string Line(OpportunityStep step) => step.What switch
    {
        OpportunityStep.Created => $"{step.By} added it in {step.ToStage}",
        OpportunityStep.Moved => $"{step.By} moved it from {step.FromStage} to {step.ToStage}",
        OpportunityStep.Undone when step.FromStatus != step.ToStatus => $"{step.By} took that back: it is {Statuses.Words(step.ToStatus).ToLowerInvariant()} again",
        OpportunityStep.Undone => $"{step.By} took that back: from {step.FromStage} to {step.ToStage}",
        _ => step.ToStatus == Statuses.Open ? $"{step.By} opened it again" : $"{step.By} marked it as {Statuses.Words(step.ToStatus).ToLowerInvariant()}",
    };

    public static string Icon(OpportunityStep step) => step.What switch
    {
        OpportunityStep.Created => "plus",
        OpportunityStep.Undone => "arrow-back-up",
        OpportunityStep.Moved => "arrow-right",
        _ => step.ToStatus switch { Statuses.Won => "trophy", Statuses.Open => "lock-open", _ => "circle-x" },
    };
}
