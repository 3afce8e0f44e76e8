using System.Text.Json;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>What became of each row while an import runs, and why: the counts, the error rows and the preview come from here.</summary>
public sealed class RowEnds
{
    private const int MostSamples = 20;
    private readonly List<RowEnd> ends = [];
    private readonly List<int> lines = [];
    private readonly Dictionary<int, string> problems = [];
    private readonly List<ImportRow> samples = [];
    private int incomplete;

    public int Count => ends.Count;

    /// <summary>By row number: what the person should know about it.</summary>
    public IReadOnlyDictionary<int, string> Problems => problems;

    public void Comes(ImportRow row)
    {
        ends.Add(RowEnd.New);
        lines.Add(row.Line);
        if (row.Note is not null)
        {
            incomplete++;
            problems[row.Number] = "Imported, but: " + row.Note;
        }

        if (samples.Count < MostSamples)
            samples.Add(row);
    }

    /// <summary>The row comes in, but without something of it.</summary>
    public void Lacks(int number, string note)
    {
        if (!problems.TryGetValue(number, out var known))
            incomplete++;
        problems[number] = known is null ? "Imported, but: " + note : $"{known} {note}";
    }

    /// <summary>The next row of the file does not come in.</summary>
    public void StaysOut(int line, RowEnd end, string why)
    {
        problems[ends.Count] = why;
        ends.Add(end);
        lines.Add(line);
    }

    /// <summary>One that had come in until now.</summary>
    public void Falls(int number, RowEnd end, string why)
    {
        ends[number] = end;
        problems[number] = why;
    }

    public void Becomes(int number, RowEnd end) => ends[number] = end;

    public RowEnd this[int number] => ends[number];

    /// <summary>Where the row stands in the file.</summary>
    public int LineOf(int number) => lines[number];

    public ImportCounts Sum(ImportPlan plan, IEnumerable<string> newTags)
    {
        var by = new int[Enum.GetValues<RowEnd>().Length];
        foreach (var end in ends)
            by[(int)end]++;
        return new ImportCounts
        {
            New = by[(int)RowEnd.New],
            Updated = by[(int)RowEnd.Updated] + by[(int)RowEnd.Unchanged],
            Unchanged = by[(int)RowEnd.Unchanged],
            Duplicate = by[(int)RowEnd.Duplicate],
            Suppressed = by[(int)RowEnd.Suppressed] + by[(int)RowEnd.Erased],
            Erased = by[(int)RowEnd.Erased],
            Invalid = by[(int)RowEnd.Invalid],
            Rows = ends.Count,
            Incomplete = incomplete,
            NewTags = [.. newTags.Take(100)],
            NewFields = [.. plan.NewFields.Select(f => f.Label)],
        };
    }

    public string Reasons()
    {
        var reasons = new RowReasons();
        foreach (var (number, why) in problems.OrderBy(p => p.Key))
            reasons.Add(ends[number], lines[number], why);
        return JsonSerializer.Serialize(reasons.All(), JsonSerializerOptions.Web);
    }

    public string Preview(IReadOnlyDictionary<int, ContactMerge> merges) => JsonSerializer.Serialize(
        samples.Select(row => new PreviewRow(
            row.Line,
            ends[row.Number].ToString(),
            $"{row.First} {row.Last}".Trim(),
            string.Join(", ", row.Addresses.Where(a => a.Kind == ContactPoint.Email).Select(a => a.Normal)),
            string.Join(", ", row.Addresses.Where(a => a.Kind == ContactPoint.Phone).Select(a => a.Normal)),
            row.Company,
            row.Tags,
            row.Fields,
            merges.TryGetValue(row.Number, out var merge)
                ? [.. merge.After.Where(a => a.Key is not ("sort_name" or "search_text" or "minor")).Select(a => new PreviewChange(a.Key, merge.Before[a.Key] ?? "", a.Value ?? ""))]
                : [],
            problems.GetValueOrDefault(row.Number))),
        JsonSerializerOptions.Web);
}

/// <summary>One of the first rows, as the preview shows it.</summary>
public sealed record PreviewRow(
    int Line, string End, string Name, string Email, string Phone, string Company, IReadOnlyList<string> Tags, IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<PreviewChange> Changes, string? Problem);

public sealed record PreviewChange(string Field, string Before, string After);
