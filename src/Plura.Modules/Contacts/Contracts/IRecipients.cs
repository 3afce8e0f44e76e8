using Npgsql;
using Plura.Platform;

namespace Plura.Contacts.Contracts;

/// <summary>Whom a message is for, and what is known of them when it is written.</summary>
public interface IRecipients
{
    /// <summary>
    /// Turns an audience into SQL that selects <c>contact_id, contact_point_id, address_key, minor</c>, one row per contact that has a
    /// primary address of the channel. Refused where a tag or smart list does not exist.
    /// </summary>
    Task<Result<AudienceSql>> Audience(Audience audience, string channel, CancellationToken ct);

    /// <summary>The same for contacts by their ids.</summary>
    AudienceSql Of(Guid[] contacts, string channel);

    /// <summary>Addresses and merge fields of many recipients in one round trip; a missing one has lost its contact or address.</summary>
    Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct);

    /// <summary>The merge fields that a template may name, with an example each: <c>contact.first_name</c>, <c>contact.fields.size</c>.</summary>
    Task<IReadOnlyList<MergeField>> MergeFields(CancellationToken ct);
}

/// <summary>All, or those with any of the tags, or those a smart list or filter finds; minus the exceptions.</summary>
public sealed record Audience
{
    public bool All { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public Guid? SmartList { get; init; }

    public IReadOnlyList<string> ExceptTags { get; init; } = [];

    public Guid? ExceptSmartList { get; init; }
}

/// <param name="Sql">A select; it names its parameters <c>@audience_0 …</c> and <c>@tenant</c>, all of which <paramref name="Parameters"/> holds.</param>
public sealed record AudienceSql(string Sql, IReadOnlyList<NpgsqlParameter> Parameters);

/// <param name="Fields">Under the names templates use: <c>first_name</c>, <c>last_name</c>, <c>name</c>, <c>email</c>, <c>phone</c>, <c>company</c>, and <c>fields</c> with the custom ones.</param>
public sealed record Recipient(Guid ContactId, Guid ContactPointId, string Address, Guid AddressKey, bool Minor, IReadOnlyDictionary<string, object?> Fields)
{
    /// <summary>Whom the To line names, where that is not the person whose fields are merged: a test letter goes to its writer.</summary>
    public string? ToName { get; init; }

    /// <summary>Where an answer to this one letter goes; null for where the letter says.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The Message-ID that this letter answers, without angle brackets: mail programs then show both in one thread.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Nobody wrote it: mail programs are told not to answer it by themselves.</summary>
    public bool Automatic { get; init; }

    /// <summary>Files that go along with this one letter.</summary>
    public IReadOnlyList<AttachedFile> Files { get; init; } = [];

    /// <summary>Where they live, as far as the account knows; null for an e-mail address.</summary>
    public Whereabouts? Lives { get; init; }
}

/// <param name="Name">As its reader finds it.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Bytes">All of it.</param>
public sealed record AttachedFile(string Name, string Type, ReadOnlyMemory<byte> Bytes);

/// <param name="Country">ISO 3166 alpha-2, or empty.</param>
/// <param name="Region">A state or province as it was written, or empty.</param>
/// <param name="TimeZone">An IANA name that was declared, or empty.</param>
public sealed record Whereabouts(string Country, string Region, string TimeZone);

public sealed record MergeField(string Path, string Label, string Example);
