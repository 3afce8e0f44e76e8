using Plura.Contacts.Contracts;

namespace Plura.Contacts;

/// <summary>One contact's story: what every module knows of it, merged by time.</summary>
public sealed class ContactStory(IEnumerable<ITimelineSource> sources)
{
    public async Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, DateTimeOffset before, int limit, CancellationToken ct)
    {
        var entries = new List<TimelineEntry>();
        foreach (var source in sources)
            entries.AddRange(await source.Read(contactId, before, limit, ct));
        return [.. entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(limit)];
    }
}
