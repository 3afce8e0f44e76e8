using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What is kept of earlier files, and what of it fits a new one.</summary>
public sealed class KeptMappings(PluraDb db)
{
    public static readonly Refusal Missing = Refusal.NotFound("mapping.missing", "This is no longer kept.");

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<KeptMapping>> All(CancellationToken ct) =>
        await db.KeptMappings.AsNoTracking().OrderBy(m => m.Normal).ThenBy(m => m.Id).ToListAsync(ct);

    /// <summary>By its id, or by its name however it is written.</summary>
    public async Task<KeptMapping?> Find(string idOrName, CancellationToken ct)
    {
        var id = Guid.TryParse(idOrName, out var known) ? known : Guid.Empty;
        var normal = KeptMapping.NameOf(idOrName);
        return await db.KeptMappings.AsNoTracking().Where(m => m.Id == id || m.Normal == normal).OrderByDescending(m => m.Id == id).FirstOrDefaultAsync(ct);
    }

    /// <summary>The one for a file with these headings, in whatever order they stand; of several, what was kept last.</summary>
    public async Task<KeptMapping?> For(CsvShape shape, CancellationToken ct)
    {
        if (!shape.Headed)
            return null;
        var headings = Alike(shape.Headers);
        return (await All(ct)).Where(m => headings.SetEquals(Alike(m.ReadColumns().Select(c => c.Heading)))).MaxBy(m => m.KeptAt);
    }

    /// <summary>Where the columns of a file go by what is kept; what it does not name, or what is no longer there, goes where it was guessed to go.</summary>
    public static List<string> Apply(KeptMapping kept, CsvShape shape, IReadOnlyList<ColumnTarget> guessed, IReadOnlyList<CustomField> fields)
    {
        var known = kept.ReadColumns().GroupBy(c => ColumnWords.Plain(c.Heading), StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.First().Target, StringComparer.Ordinal);
        List<string> targets = [.. shape.Headers.Select((heading, i) => known.GetValueOrDefault(ColumnWords.Plain(heading)) ?? guessed[i].ToString())];
        foreach (var column in ImportPlan.Check(targets, fields).Keys)
            targets[column] = guessed[column].ToString();
        // A guess may want a place that something kept has already.
        foreach (var column in ImportPlan.Check(targets, fields).Keys)
            targets[column] = ColumnTarget.Ignore;
        return targets;
    }

    /// <summary>Whether a file's columns go where they go by what is kept.</summary>
    public static bool IsAs(KeptMapping kept, CsvShape shape, IReadOnlyList<string> mapping)
    {
        var known = kept.ReadColumns().GroupBy(c => ColumnWords.Plain(c.Heading), StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.First().Target, StringComparer.Ordinal);
        return known.Count > 0 && shape.Headers.Count == mapping.Count && Enumerable.Range(0, mapping.Count).All(i => known.GetValueOrDefault(ColumnWords.Plain(shape.Headers[i])) == mapping[i]);
    }

    /// <summary>What a file's choices look like when they are kept.</summary>
    public static IReadOnlyList<KeptColumn> Columns(CsvShape shape, IReadOnlyList<string> mapping) =>
        [.. shape.Headers.Select((heading, i) => new KeptColumn(heading, i < mapping.Count ? (ColumnTarget.Parse(mapping[i]) ?? ColumnTarget.None).ToString() : ColumnTarget.Ignore))];

    private static HashSet<string> Alike(IEnumerable<string> headings) => headings.Select(h => ColumnWords.Plain(h) is { Length: > 0 } plain ? plain : h).ToHashSet(StringComparer.Ordinal);
}
