using Plura.Contacts.Contracts;
using Plura.Opportunities.Data;

namespace Plura.Opportunities;

/// <summary>What a stage asks for, as people read it.</summary>
/// <param name="Word">As stages keep it: <c>value</c>, <c>fields.insurance</c>.</param>
/// <param name="Text">Behind "needs": "a value", "“Insurance”".</param>
/// <param name="Field">The field of the commands that fills it.</param>
public sealed record StageNeed(string Word, string Text, string Field)
{
    /// <summary>All that a stage can ask for.</summary>
    public static IReadOnlyList<StageNeed> All(IReadOnlyList<IOwnField> own) =>
        [.. StageNeeds.All.Select(n => new StageNeed(n, StageNeeds.Words(n), StageNeeds.Field(n))), .. own.Select(f => new StageNeed(StageNeeds.Own + f.Key, $"“{f.Label}”", $"Fields.{f.Key}"))];

    /// <summary>Several in one sentence: "a value, a source and “Insurance”".</summary>
    public static string List(IReadOnlyList<StageNeed> needs) => needs is [var one] ? one.Text : string.Join(", ", needs.SkipLast(1).Select(n => n.Text)) + " and " + needs[^1].Text;

    /// <summary>What these words ask for. A field that is gone, or not in use any more, cannot be filled in and is not asked for.</summary>
    public static IReadOnlyList<StageNeed> Of(IReadOnlyList<string> words, IReadOnlyList<IOwnField> own) => [.. All(own).Where(n => words.Contains(n.Word, StringComparer.Ordinal))];
}
