using Npgsql;

namespace Plura.Contacts.Contracts;

/// <summary>
/// Whoever keeps contacts' ids: two contacts become one, and its rows about the one that goes come along. Only its own tables. A test asks
/// the model for every column that refers to a contact, and whether somebody here names it.
/// </summary>
public interface IMergesContacts
{
    /// <summary>Under which name what was moved is kept: the module's, in lower case. It never changes.</summary>
    string Name { get; }

    /// <summary>The columns that it sees to, as <c>schema.table.column</c>; with the reason where one stays as it is.</summary>
    IReadOnlyDictionary<string, string?> Columns { get; }

    /// <summary>Moves the rows, set-based, in the connection's transaction; answers as JSON what <see cref="Part"/> must know to bring exactly these back.</summary>
    Task<string> Join(NpgsqlConnection connection, JoinedContacts joined, CancellationToken ct);

    /// <summary>Moves back what <see cref="Join"/> moved and is still there. What came since stays where it is.</summary>
    Task Part(NpgsqlConnection connection, JoinedContacts joined, string moved, CancellationToken ct);
}

/// <param name="Tenant">The account.</param>
/// <param name="MergeId">The merge, by which what it brought about can be found.</param>
/// <param name="Loser">The contact that goes.</param>
/// <param name="Winner">The contact that stays.</param>
/// <param name="Points">Addresses that both had: the loser's contact point, and the winner's that stands for it from now on. All others only change hands.</param>
public sealed record JoinedContacts(Guid Tenant, Guid MergeId, Guid Loser, Guid Winner, IReadOnlyDictionary<Guid, Guid> Points);

/// <summary>Two contacts became one.</summary>
public sealed record ContactsMerged(Guid MergeId, Guid WinnerId, Guid LoserId) : Plura.Platform.IEvent;

/// <summary>A merge was taken back: there are two again.</summary>
public sealed record ContactsParted(Guid MergeId, Guid WinnerId, Guid LoserId) : Plura.Platform.IEvent;

/// <summary>A contact that was in the bin for 60 days is gone for good; modules let go of what they kept only for its return.</summary>
public sealed record ContactEnded(Guid ContactId) : Plura.Platform.IEvent;

/// <summary>The statement that most modules need: one, its answer as JSON.</summary>
public static class JoinedRows
{
    /// <summary>Runs one statement with <c>$1</c> the account, <c>$2</c> the loser, <c>$3</c> the winner, and further values; answers its first column as text.</summary>
    public static async Task<string> Ask(this NpgsqlConnection connection, JoinedContacts joined, string sql, CancellationToken ct, params IReadOnlyList<NpgsqlParameter> more)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var id in (Guid[])[joined.Tenant, joined.Loser, joined.Winner])
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        foreach (var parameter in more)
            command.Parameters.Add(parameter);
        return await command.ExecuteScalarAsync(ct) as string ?? "null";
    }

    /// <summary>JSON as a parameter.</summary>
    public static NpgsqlParameter Json(string json) => new() { Value = json, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb };

    /// <summary>Which address stands for which, as the JSON object that a statement reads by <c>$4 ->> id</c>.</summary>
    public static NpgsqlParameter Points(JoinedContacts joined) =>
        Json(System.Text.Json.JsonSerializer.Serialize(joined.Points.ToDictionary(p => p.Key.ToString(), p => p.Value.ToString(), StringComparer.Ordinal)));
}
