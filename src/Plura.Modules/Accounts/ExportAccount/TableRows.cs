using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The rows of an account in one table, as text, one after the other as PostgreSQL sends them.</summary>
public sealed class TableRows(PluraDb db, Tenant tenant)
{
    public TakenFile AsFile(TakenTable table) => new(table.Name, table.About, [.. table.Columns.Select(c => (Column(Of(table), c.Property), c.Meaning))], ct => Read(table, ct));

    /// <summary>The property by which rows belong to accounts; null for an entity that belongs to none.</summary>
    public static string? KeyOf(IReadOnlyEntityType entity) => ((string[])[nameof(ITenantOwned.TenantId), "AccountId"]).FirstOrDefault(p => entity.FindProperty(p) is not null);

    private async IAsyncEnumerable<IReadOnlyList<string?>> Read(TakenTable table, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = Sql(table);
        command.Parameters.Add(new NpgsqlParameter { Value = tenant.Id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var row = new string?[table.Columns.Count];
            Dictionary<string, object?>? values = null;
            for (var i = 0; i < row.Length; i++)
            {
                if (table.Opened.TryGetValue(table.Columns[i].Property, out var open))
                {
                    values ??= table.Columns.Select((c, n) => (c.Property, Value: reader.IsDBNull(n) ? null : reader.GetValue(n))).ToDictionary(v => v.Property, v => v.Value, StringComparer.Ordinal);
                    row[i] = await open(values, ct);
                }
                else
                {
                    row[i] = reader.IsDBNull(i) ? null : Words(reader.GetValue(i));
                }
            }

            yield return row;
        }
    }

    private string Sql(TakenTable table)
    {
        var entity = Of(table);
        var key = Column(entity, table.Key ?? KeyOf(entity) ?? throw new InvalidOperationException($"{entity.Name} belongs to no account."));
        var order = entity.FindPrimaryKey()!.Properties.Select(p => Column(entity, p.Name));
        return $"select {string.Join(", ", table.Columns.Select(c => Quoted(Column(entity, c.Property))))} from \"{entity.GetSchema()}\".\"{entity.GetTableName()}\" where {Quoted(key)} = $1 order by {string.Join(", ", order.Select(Quoted))}";
    }

    private IEntityType Of(TakenTable table) => db.Model.FindEntityType(table.Entity) ?? throw new InvalidOperationException($"{table.Entity.Name} is no table.");

    private static string Column(IReadOnlyEntityType entity, string property) =>
        (entity.FindProperty(property) ?? throw new InvalidOperationException($"{entity.Name} has no {property}.")).GetColumnName();

    private static string Quoted(string name) => $"\"{name}\"";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Words(object value) => value switch
    {
        string text => text,
        bool yes => yes ? "yes" : "no",
        DateTime at => at.ToString(at.Kind == DateTimeKind.Utc ? "yyyy-MM-dd HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        // Texts may have blanks in them, and some of a list may be missing.
        string?[] texts => JsonSerializer.Serialize(texts, Plain),
        Array several => string.Join(' ', several.Cast<object>().Select(Words)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
