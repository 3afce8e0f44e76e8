namespace Plura.Contacts;

/// <summary>One row of the file, read and normalised.</summary>
public sealed class ImportRow
{
    /// <summary>0, 1, 2 … in the order of the file.</summary>
    public required int Number { get; init; }

    public required int Line { get; init; }

    /// <summary>The id of the contact, should the row make one.</summary>
    public Guid Id { get; set; }

    public string First { get; set; } = "";

    public string Last { get; set; } = "";

    public string Company { get; set; } = "";

    public string ExternalId { get; set; } = "";

    /// <summary>Where somebody lives and since when, by the contact's column.</summary>
    public Dictionary<string, string> Details { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public List<ReadAddress> Addresses { get; } = [];

    public List<string> Tags { get; } = [];

    /// <summary>What could not be taken over, though the row itself comes in.</summary>
    public string? Note { get; set; }
}

/// <summary>What became of a row.</summary>
public enum RowEnd : byte
{
    New,
    Updated,
    Unchanged,
    Duplicate,
    Suppressed,
    Erased,
    Invalid,
}
