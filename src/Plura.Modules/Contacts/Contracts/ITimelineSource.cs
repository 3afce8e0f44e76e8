namespace Plura.Contacts.Contracts;

/// <summary>What a module knows of a contact's story. Each module contributes its own; the contact page and the API merge them by time.</summary>
public interface ITimelineSource
{
    /// <summary>Under which filter its entries stand. Several sources may tell the same kind.</summary>
    TimelineKind Kind { get; }

    /// <summary>Who does not have it does not see these entries; null for everybody who sees the contact.</summary>
    string? Permission => null;

    /// <summary>Up to <paramref name="limit"/> entries behind <paramref name="from"/>, by time and then by id, both downwards: a fixed number of statements, however long the story is.</summary>
    Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, TimelineFrom from, int limit, CancellationToken ct);
}

/// <param name="Word">For addresses and the API: <c>note</c>, <c>task</c>, <c>opportunity</c>, <c>message</c>, <c>consent</c>, <c>form</c>, <c>file</c>, <c>contact</c>.</param>
/// <param name="Text">What people read: "Notes".</param>
/// <param name="Order">Lower stands first among the filters.</param>
public sealed record TimelineKind(string Word, string Text, int Order);

/// <summary>The entry behind which a page begins. Ids break ties of time, compared as PostgreSQL and <see cref="Guid.CompareTo(Guid)"/> do.</summary>
public sealed record TimelineFrom(DateTimeOffset At, Guid Id)
{
    public static readonly TimelineFrom Newest = new(DateTimeOffset.MaxValue, Guid.AllBitsSet);

    /// <summary>For sources that cannot ask the database for it.</summary>
    public bool IsBehind(DateTimeOffset at, Guid id) => at < At || (at == At && id.CompareTo(Id) < 0);
}

/// <param name="Id">Unique within its kind; breaks ties of time.</param>
/// <param name="Kind">The word of its <see cref="TimelineKind"/>.</param>
/// <param name="Icon">A Tabler icon's name.</param>
/// <param name="Title">A sentence: "Spring offer was delivered".</param>
/// <param name="Why">The small line under anything sent or withheld, or null.</param>
/// <param name="Link">Where the whole of it stands, relative to the account.</param>
public sealed record TimelineEntry(Guid Id, DateTimeOffset At, string Kind, string Icon, string Title, string? Why = null, string? Link = null)
{
    /// <summary>What somebody wrote: plain text with its line breaks.</summary>
    public string? Text { get; init; }
}
