using Npgsql;

namespace Plura.Automations.Contracts;

/// <summary>What becomes of runs when two contacts become one: whoever has contacts calls it.</summary>
public interface IContactRuns
{
    /// <summary>The columns that hold contacts' ids, as <c>schema.table.column</c>; with the reason where one stays as it is.</summary>
    IReadOnlyDictionary<string, string?> Columns { get; }

    /// <summary>
    /// The loser's runs become the winner's, in the connection's transaction. Where both are in an automation, only the winner goes on: nobody is to get everything twice.
    /// Answers as JSON what <see cref="Part"/> must know.
    /// </summary>
    Task<string> Join(NpgsqlConnection connection, Guid tenant, Guid loser, Guid winner, CancellationToken ct);

    /// <summary>Moves back what was moved. What ended by the merge stays ended.</summary>
    Task Part(NpgsqlConnection connection, Guid tenant, Guid loser, Guid winner, string moved, CancellationToken ct);
}
