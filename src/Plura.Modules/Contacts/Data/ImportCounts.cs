using Plura.Platform;

namespace Plura.Contacts.Data;

/// <summary>How many rows came to which end. Each row is counted once, so the five first numbers add up to the rows.</summary>
public sealed record ImportCounts
{
    public int New { get; init; }

    /// <summary>Rows of people who were there before, including those about whom the file said nothing new.</summary>
    public int Updated { get; init; }

    /// <summary>Rows that repeat a person of an earlier row.</summary>
    public int Duplicate { get; init; }

    /// <summary>Rows whose person unsubscribed or is blocked: they get no permission, and an erased one is not brought back.</summary>
    public int Suppressed { get; init; }

    public int Invalid { get; init; }

    public int Rows { get; init; }

    /// <summary>Of the updated: those who already had everything.</summary>
    public int Unchanged { get; init; }

    /// <summary>Of the suppressed: those who asked to be erased, and whose row was left out.</summary>
    public int Erased { get; init; }

    /// <summary>Rows that came in without something: a telephone number that is none, for example.</summary>
    public int Incomplete { get; init; }

    /// <summary>Addresses for which the account's word was recorded, by channel.</summary>
    public int EmailPermissions { get; init; }

    public int SmsPermissions { get; init; }

    /// <summary>Companies that the file named and that were not there.</summary>
    public int NewCompanies { get; init; }

    public IReadOnlyList<string> NewTags { get; init; } = [];

    public IReadOnlyList<string> NewFields { get; init; } = [];

    /// <summary>Whether the address book is another one afterwards. Who is blocked comes in too, without permission.</summary>
    public bool BroughtAnything() => New + Updated - Unchanged + Suppressed - Erased > 0;
}

/// <param name="Removed">Contacts that the import had made.</param>
/// <param name="Kept">Contacts that the import had made, but somebody worked with since.</param>
/// <param name="Restored">Contacts that were there before, that nobody changed since, and that are again as they were.</param>
public sealed record UndoCounts(int Removed, int Kept, int Restored);

/// <summary>An undo as it is kept: who asked for it, and once it is finished what it did.</summary>
public sealed record UndoRecord
{
    /// <summary>Null in one from before this was kept.</summary>
    public string? By { get; init; }

    public Guid? ById { get; init; }

    public ActorKind ByKind { get; init; }

    public int Removed { get; init; }

    public int Kept { get; init; }

    public int Restored { get; init; }

    /// <summary>Contacts that were there before and that somebody changed since: those changes stay, the rest is as it was.</summary>
    public int ChangedSince { get; init; }
}

/// <summary>What the account says about the permission it holds for a channel.</summary>
/// <param name="Source">Where the list comes from, in its words.</param>
/// <param name="Wording">The exact words the people agreed to.</param>
/// <param name="Date">When they did, at the latest.</param>
public sealed record ChannelAttestation(string Source, string Wording, DateOnly Date);
