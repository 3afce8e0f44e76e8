using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>One contact's story: what every module knows of it, merged by time, a page at a time.</summary>
public sealed class ContactStory(IEnumerable<ITimelineSource> sources, Actor actor)
{
    public const int Most = 200;

    private IEnumerable<ITimelineSource> Open => sources.Where(s => s.Permission is null || actor.May(s.Permission));

    /// <summary>The filters, for whoever acts.</summary>
    public IReadOnlyList<TimelineKind> Kinds => [.. Open.Select(s => s.Kind).DistinctBy(k => k.Word).OrderBy(k => k.Order)];

    /// <summary>Each source is asked once, for one page: a long story costs what a short one costs.</summary>
    public async Task<Result<Page<TimelineEntry>>> Read(Guid contactId, IReadOnlyCollection<string> kinds, string? cursor, int limit, CancellationToken ct)
    {
        if (kinds.FirstOrDefault(k => sources.All(s => s.Kind.Word != k)) is { } unknown)
            return Refusal.Invalid("timeline.kind", $"There is nothing called “{unknown}” in a story. There are: {string.Join(", ", Kinds.Select(k => k.Word))}.", "Kinds");
        var from = TimelineFrom.Newest;
        if (cursor is not null)
        {
            if (TimeCursor.Read(cursor) is not { } given)
                return TimeCursor.Unknown;
            from = new TimelineFrom(given.At, given.Id);
        }

        var entries = new List<TimelineEntry>();
        foreach (var source in Open.Where(s => kinds.Count == 0 || kinds.Contains(s.Kind.Word)))
            entries.AddRange(await source.Read(contactId, from, limit + 1, ct));
        List<TimelineEntry> page = [.. entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(limit)];
        return new Page<TimelineEntry>(page, entries.Count > limit ? TimeCursor.Write(page[^1].At, page[^1].Id) : null);
    }
}
