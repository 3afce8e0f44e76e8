namespace Plura.Contacts;

/// <summary>When columns are held in memory, how much of it they may take, and for how long.</summary>
public sealed record ColumnLimits
{
    /// <summary>Below this many contacts PostgreSQL counts any filter faster than a person looks up.</summary>
    public int FewestContacts { get; init; } = 20_000;

    /// <summary>Of all accounts together, on this node. What was not used for longest goes first; a column for which there is no room stays with PostgreSQL.</summary>
    public long MostBytes { get; init; } = 512L << 20;

    /// <summary>People stopped working with lists: what is held about contacts goes.</summary>
    public TimeSpan Unused { get; init; } = TimeSpan.FromMinutes(10);
}
