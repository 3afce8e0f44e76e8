namespace Plura.Contacts.Contracts;

/// <summary>What a module knows of a contact's story. Each module contributes its own; the contact page merges them by time.</summary>
public interface ITimelineSource
{
    /// <summary>Up to <paramref name="limit"/> entries strictly before <paramref name="before"/>, newest first.</summary>
    Task<IReadOnlyList<TimelineEntry>> Read(Guid contactId, DateTimeOffset before, int limit, CancellationToken ct);
}

/// <param name="Id">Unique within its kind; breaks ties of time.</param>
/// <param name="Kind">A word for filters: <c>message</c>, <c>consent</c>, <c>note</c>, <c>contact</c>, <c>form</c>.</param>
/// <param name="Icon">A Tabler icon's name.</param>
/// <param name="Title">A sentence: "Spring offer was delivered".</param>
/// <param name="Why">The small line under anything sent or withheld, or null.</param>
/// <param name="Link">Where the whole of it stands, relative to the account.</param>
public sealed record TimelineEntry(Guid Id, DateTimeOffset At, string Kind, string Icon, string Title, string? Why = null, string? Link = null);
