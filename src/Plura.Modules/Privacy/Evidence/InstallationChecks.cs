using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Plura.Platform;

namespace Plura.Privacy;

/// <summary>Asks every table that belongs to accounts for its rows, in the name of an account that does not exist: none may show any.</summary>
public sealed class AccountsAreApart(NpgsqlDataSource database, PluraDb db, TimeProvider clock) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-44", "D-05"];

    public string Counts => "tables showed a stranger a row, or lack a lock";

    public bool CountsPeople => false;

    public async Task<PolicyFinding> Look(CancellationToken ct)
    {
        var tables = db.Model.GetEntityTypes().Where(e => typeof(ITenantOwned).IsAssignableFrom(e.ClrType)).Select(e => (Schema: e.GetSchema()!, Table: e.GetTableName()!)).Distinct().ToList();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var stranger = TenantConnections.Set(connection, Guid.CreateVersion7(clock.GetUtcNow())))
            await stranger.ExecuteNonQueryAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (schema, table) in tables)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"""
                select exists (select from "{schema}"."{table}")
                    or not (select relrowsecurity and relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid) from pg_class c where c.oid = '"{schema}"."{table}"'::regclass)
                """));
        }

        var open = 0;
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (await reader.ReadAsync(ct))
                open += reader.GetBoolean(0) ? 1 : 0;
        }
        while (await reader.NextResultAsync(ct));
        return new PolicyFinding(open, tables.Count);
    }
}

/// <summary>What the page shows is what stands in the program: each sentence has the hash under which it was approved.</summary>
public sealed class WordsAreApproved(PolicyVersions policies) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-01", "P-38", "T-12"];

    public string Counts => "sentences differ from their approved wording";

    public bool CountsPeople => false;

    public Task<PolicyFinding> Look(CancellationToken ct)
    {
        var sentences = policies.All.SelectMany(t => t.Sentences).ToList();
        return Task.FromResult(new PolicyFinding(sentences.Count(s => s.Hash != PolicySentence.HashOf(s.Text)), sentences.Count));
    }
}

/// <summary>The ways to reach the operator are set.</summary>
public sealed class OperatorCanBeReached(IConfiguration configuration) : IPolicyCheck
{
    public IReadOnlyList<string> Sentences => ["P-40", "P-31", "P-02", "T-13", "D-12"];

    public string Counts => "ways to reach the operator (name, e-mail, telephone, website) are not set";

    public bool CountsPeople => false;

    public Task<PolicyFinding> Look(CancellationToken ct)
    {
        var operatedBy = Operator.From(configuration);
        string?[] ways = [operatedBy.Name, operatedBy.Email, operatedBy.Phone, operatedBy.Website];
        return Task.FromResult(new PolicyFinding(ways.Count(w => w is null), ways.Length));
    }
}

/// <summary>Who runs this installation, from <c>Plura__Operator__Name|Email|Phone|Website</c>.</summary>
public sealed record Operator(string? Name, string? Email, string? Phone, string? Website)
{
    public static Operator From(IConfiguration configuration) => new(
        Text(configuration, "Name"), Text(configuration, "Email"), Text(configuration, "Phone"), Text(configuration, "Website"));

    private static string? Text(IConfiguration configuration, string name) => configuration["Plura:Operator:" + name] is { Length: > 0 } text ? text : null;
}
