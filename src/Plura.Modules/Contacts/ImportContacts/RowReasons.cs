using System.Text.RegularExpressions;

namespace Plura.Contacts;

/// <summary>Why rows are left out or come in without something: how many for each reason, and the lines of the first few.</summary>
public sealed partial class RowReasons
{
    private const int MostReasons = 50;
    private const int MostLines = 5;
    private readonly Dictionary<(RowEnd End, string Kind), Reason> reasons = [];

    public void Add(RowEnd end, int line, string why)
    {
        var key = (end, Cells().Replace(why, "“…”"));
        if (!reasons.TryGetValue(key, out var reason))
            reasons[key] = reason = new Reason(why, []);
        if (reason.Lines.Count < MostLines)
            reason.Lines.Add(line);
        reason.Count++;
    }

    /// <summary>The most frequent first. One row keeps its own words; of several the cell's text is left out, because each has another.</summary>
    public IReadOnlyList<RowReason> All() =>
        [.. reasons.OrderByDescending(r => r.Value.Count).Take(MostReasons)
            .Select(r => new RowReason(r.Key.End.ToString(), r.Value.Count == 1 ? r.Value.First : r.Key.Kind, r.Value.Count, r.Value.Lines))];

    // What stood in the cell, and the line that a repeated row repeats.
    [GeneratedRegex("“[^”]*”|(?<=stands on )line [0-9]+")]
    private static partial Regex Cells();

    private sealed record Reason(string First, List<int> Lines)
    {
        public int Count { get; set; }
    }
}

/// <param name="End">What became of those rows; a name of <see cref="RowEnd"/>.</param>
/// <param name="Why">The sentence.</param>
/// <param name="Count">How many rows it concerns.</param>
/// <param name="Lines">The first of their lines in the file.</param>
public sealed record RowReason(string End, string Why, int Count, IReadOnlyList<int> Lines);
