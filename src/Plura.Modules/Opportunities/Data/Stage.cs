using Plura.Platform;

namespace Plura.Opportunities.Data;

/// <summary>A column of the board.</summary>
public sealed class Stage : ITenantOwned
{
    public const int LongestName = 60;

    /// <summary>The colours a stage can have, as words: what they look like in light and dark stands in the style sheet.</summary>
    public static readonly IReadOnlyList<string> Colors = ["grey", "blue", "teal", "green", "yellow", "orange", "red", "purple"];

    private Stage()
    {
    }

    public Guid TenantId { get; private set; }

    public Guid Id { get; private set; }

    public Guid PipelineId { get; private set; }

    public string Name { get; private set; } = "";

    public int Position { get; private set; }

    public string Color { get; private set; } = "grey";

    /// <summary>How likely a card in this stage is won, in percent.</summary>
    public int Probability { get; private set; }

    /// <summary>After how many days a card has stood here too long; null says that it may.</summary>
    public int? RottingDays { get; private set; }

    /// <summary>What a card needs to stand here, words of <see cref="StageNeeds"/> separated by blanks.</summary>
    public string Needs { get; private set; } = "";

    public static Stage New(Guid pipelineId, DateTimeOffset now) => new() { Id = Guid.CreateVersion7(now), PipelineId = pipelineId };

    public void Describe(string name, int position, string color, int probability, int? rottingDays, IEnumerable<string> needs) =>
        (Name, Position, Color, Probability, RottingDays, Needs) = (name, position, color, probability, rottingDays, string.Join(' ', needs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    public IReadOnlyList<string> NeedsList() => Needs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The facts that a stage can ask of its cards, besides the account's own fields.</summary>
public static class StageNeeds
{
    public const string Value = "value";
    public const string CloseDate = "close_date";
    public const string Owner = "owner";
    public const string Source = "source";

    /// <summary>Stands before the key of a field of the account's own: <c>fields.insurance</c>.</summary>
    public const string Own = "fields.";

    public static readonly IReadOnlyList<string> All = [Value, CloseDate, Owner, Source];

    /// <summary>The key of the account's own field that is meant; null where a fact of every opportunity is.</summary>
    public static string? Key(string need) => need.StartsWith(Own, StringComparison.Ordinal) ? need[Own.Length..] : null;

    public static string Words(string need) => need switch
    {
        Value => "a value",
        CloseDate => "an expected close date",
        Owner => "somebody who looks after it",
        _ => "a source",
    };

    /// <summary>The field of the commands that fills it.</summary>
    public static string Field(string need) => need switch
    {
        Value => "Value",
        CloseDate => "CloseOn",
        Owner => "Owner",
        _ => "Source",
    };
}
