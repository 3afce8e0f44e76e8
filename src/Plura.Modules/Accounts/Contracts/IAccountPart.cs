namespace Plura.Accounts.Contracts;

/// <summary>
/// What a module puts into the file with everything of an account. Each table of an account stands in exactly one part, as taken or as left out with
/// a reason, and each of its columns too: a test finds what was forgotten.
/// </summary>
public interface IAccountPart
{
    /// <summary>Its folder in the file: <c>contacts</c>.</summary>
    string Folder { get; }

    IReadOnlyList<TakenTable> Tables { get; }

    /// <summary>Entities that are not taken out, and why, in words for the account's people.</summary>
    IReadOnlyDictionary<Type, string> LeftOut => new Dictionary<Type, string>();

    /// <summary>Files that are more than one table: read while they are written, never held whole.</summary>
    Task<IReadOnlyList<TakenFile>> Files(CancellationToken ct) => Task.FromResult<IReadOnlyList<TakenFile>>([]);

    /// <summary>Files of people, as they are: one is opened, copied and closed before the next.</summary>
    IAsyncEnumerable<TakenBytes> Bytes(CancellationToken ct) => AsyncEnumerable.Empty<TakenBytes>();
}

/// <summary>A table that is taken out as it is, one line a row.</summary>
/// <param name="Entity">Its entity.</param>
/// <param name="Name">The file's name, without folder and ending: <c>people</c>.</param>
/// <param name="About">What is in it, in a sentence.</param>
/// <param name="Columns">The entity's properties with their meaning, in the order of the file.</param>
public sealed record TakenTable(Type Entity, string Name, string About, IReadOnlyList<(string Property, string Meaning)> Columns)
{
    /// <summary>Properties that are not taken out, and why.</summary>
    public IReadOnlyList<(string Property, string Why)> Without { get; init; } = [];

    /// <summary>For a property whose stored form nobody can read: reads it, from the row's values by property.</summary>
    public IReadOnlyDictionary<string, Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<string?>>> Opened { get; init; } =
        new Dictionary<string, Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<string?>>>(StringComparer.Ordinal);

    /// <summary>The property that says whose row it is; null for the usual ones, <c>TenantId</c> and <c>AccountId</c>.</summary>
    public string? Key { get; init; }

    public static TakenTable Of<T>(string name, string about, params (string Property, string Meaning)[] columns) => new(typeof(T), name, about, columns);
}

/// <summary>A file of lines that the module reads by itself.</summary>
/// <param name="Name">Without folder and ending.</param>
/// <param name="About">What is in it, in a sentence.</param>
/// <param name="Columns">Heading and meaning of each.</param>
/// <param name="Rows">The lines, one value a column; made only when they are asked for.</param>
public sealed record TakenFile(string Name, string About, IReadOnlyList<(string Heading, string Meaning)> Columns, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<string?>>> Rows);

/// <summary>A file as somebody gave it to us.</summary>
/// <param name="Name">Inside the part's folder, with its ending.</param>
/// <param name="About">What it is, in a sentence.</param>
/// <param name="Open">Opens it for reading.</param>
public sealed record TakenBytes(string Name, string About, Func<Stream> Open);
