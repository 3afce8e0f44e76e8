using Plura.Opportunities.Data;
using Plura.Platform;

namespace Plura.Opportunities;

/// <summary>What a pipeline's stages must be like.</summary>
internal static class StageRules
{
    /// <param name="stages">As they are wished.</param>
    /// <param name="needs">All that a stage can ask for.</param>
    public static Refusal? Check(IReadOnlyList<StageWish> stages, IReadOnlyList<StageNeed> needs)
    {
        if (stages.Count is 0 or > KeepPipeline.MostStages)
            return Wrong("stage.count", $"A pipeline has between 1 and {KeepPipeline.MostStages} stages.");
        if (stages.Any(s => s is null || string.IsNullOrWhiteSpace(s.Name) || s.Name.Trim().Length > Stage.LongestName))
            return Wrong("stage.name", $"Give every stage a name of at most {Stage.LongestName} characters.");
        if (stages.GroupBy(s => s.Name.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return Wrong("stage.twice", $"Two stages are called “{twice.Key}”. Give them different names.");
        if (stages.Any(s => s.Probability is < 0 or > 100))
            return Wrong("stage.probability", "How likely a stage is to be won is a number from 0 to 100.");
        if (stages.Any(s => s.RottingDays is < 1 or > 3650))
            return Wrong("stage.rotting", "The days after which a card has waited too long are a number from 1 to 3650, or empty.");
        if (stages.Any(s => !Stage.Colors.Contains(s.Color, StringComparer.Ordinal)))
            return Wrong("stage.color", $"A stage's colour is one of {string.Join(", ", Stage.Colors)}.");
        return stages.Any(s => s.Needs.Exists(n => needs.All(k => k.Word != n)))
            ? Wrong("stage.needs", $"A stage can ask for {string.Join(", ", needs.Select(n => n.Word))}.")
            : null;
    }

    /// <summary>What most businesses begin with.</summary>
    public static KeepPipeline Usual() => new()
    {
        Name = "Sales",
        Stages =
        [
            new() { Name = "New", Color = "grey", Probability = 10, RottingDays = 3 },
            new() { Name = "In touch", Color = "blue", Probability = 25, RottingDays = 7 },
            new() { Name = "Offer sent", Color = "yellow", Probability = 50, RottingDays = 14, Needs = [StageNeeds.Value] },
            new() { Name = "Agreed", Color = "green", Probability = 90, RottingDays = 14, Needs = [StageNeeds.Value, StageNeeds.CloseDate] },
        ],
    };

    private static Refusal Wrong(string code, string text) => Refusal.Invalid(code, text, nameof(KeepPipeline.Stages));
}
