using Npgsql;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Nobody who said no was sent marketing afterwards.</summary>
public sealed class RefusalsAreKept(NpgsqlDataSource database) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-41", "P-13"];

    public string Counts => "decisions about somebody who had unsubscribed let a marketing message go";

    public Task<PolicyFinding> Look(CancellationToken ct) => database.Count("select * from privacy.check_refusals()", ct);
}

/// <summary>Marketing goes only where a permission with a known origin is on record.</summary>
public sealed class PermissionsHaveAnOrigin(NpgsqlDataSource database, TimeProvider clock) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-14", "P-37", "T-05"];

    public string Counts => "marketing messages that were let go in the last 30 days had no permission with a known origin";

    public Task<PolicyFinding> Look(CancellationToken ct) => database.Count("select * from privacy.check_permissions($1)", ct, clock.GetUtcNow().AddDays(-30));
}

/// <summary>An import cannot bring back who unsubscribed.</summary>
public sealed class RefusalsOutliveImports(NpgsqlDataSource database) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-43"];

    public string Counts => "addresses that had unsubscribed hold a permission that the person did not give";

    public Task<PolicyFinding> Look(CancellationToken ct) => database.Count("select * from privacy.check_returned()", ct);
}

/// <summary>The record of permissions is one unbroken chain, and reaches its last seal.</summary>
public sealed class LedgerIsWhole(NpgsqlDataSource database, AnchorWatch watch, AnchorLog log) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-42"];

    public string Counts => "entries of the record do not follow the one before, or differ from the sealed copy";

    public async Task<PolicyFinding> Look(CancellationToken ct)
    {
        var chain = await database.Count("select * from privacy.check_chain()", ct);
        var misses = log.Last() is { } anchor ? (await watch.Misses(anchor, ct)).Count : 0;
        return chain with { Failures = chain.Failures + misses };
    }
}

/// <summary>What people did in the last 30 days stands in a chain that is sealed, entry by entry.</summary>
public sealed class ActsAreOnRecord(NpgsqlDataSource database, AnchorWatch watch, AnchorLog log, TimeProvider clock) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-28", "D-10"];

    public string Counts => "acts of the last 30 days are in no sealed chain, or differ from the sealed copy";

    public bool CountsPeople => false;

    public async Task<PolicyFinding> Look(CancellationToken ct)
    {
        // What was written a moment ago may wait; after five minutes something is wrong.
        var now = clock.GetUtcNow();
        var found = await database.Count("select * from privacy.check_audit($1, $2)", ct, now.AddDays(-30), now.AddMinutes(-5));
        var misses = log.Last() is { } anchor ? (await watch.AuditMisses(anchor, ct)).Count : 0;
        return found with { Failures = found.Failures + misses };
    }
}

internal static class CheckQueries
{
    /// <summary>Failures and population, from a query that answers the two.</summary>
    public static async Task<PolicyFinding> Count(this NpgsqlDataSource database, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new PolicyFinding(reader.GetInt64(0), reader.GetInt64(1));
    }
}
