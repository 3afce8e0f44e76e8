using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Plura.Contacts.Data;

namespace Plura.Contacts;

/// <summary>Carries rows into the temporary tables by binary COPY, a few thousand at a time.</summary>
public sealed class ImportStage(NpgsqlConnection connection, Guid tenant, DateTimeOffset now)
{
    public const int ChunkSize = 5000;

    private readonly Dictionary<string, (int Number, string Name)> tags = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, (int Number, string Name)> Tags => tags;

    public async Task Load(IReadOnlyList<ImportRow> rows, IdBlock ids, CancellationToken ct)
    {
        await using (var copy = await connection.BeginBinaryImportAsync(ImportSql.CopyRows, ct))
        {
            foreach (var row in rows)
            {
                row.Id = ids.Next();
                var emails = Normals(row, ContactPoint.Email);
                var phones = Normals(row, ContactPoint.Phone);
                await copy.StartRowAsync(ct);
                copy.Write(row.Number, NpgsqlDbType.Integer);
                copy.Write(row.Id, NpgsqlDbType.Uuid);
                copy.Write(row.First, NpgsqlDbType.Text);
                copy.Write(row.Last, NpgsqlDbType.Text);
                copy.Write(row.Company, NpgsqlDbType.Text);
                copy.Write(row.ExternalId, NpgsqlDbType.Text);
                copy.Write(row.Fields.Count == 0 ? "{}" : JsonSerializer.Serialize(row.Fields), NpgsqlDbType.Jsonb);
                copy.Write(ContactText.Sort(row.First, row.Last, row.Company, emails.Concat(phones).First()), NpgsqlDbType.Text);
                copy.Write(ContactText.Search(row.First, row.Last, row.Company, emails, phones), NpgsqlDbType.Text);
                copy.Write(row.Details.Count == 0 ? "{}" : JsonSerializer.Serialize(row.Details), NpgsqlDbType.Jsonb);
                copy.Write(ContactText.Fold(row.Company), NpgsqlDbType.Text);
            }

            await copy.CompleteAsync(ct);
        }

        await using (var copy = await connection.BeginBinaryImportAsync(ImportSql.CopyPoints, ct))
        {
            foreach (var row in rows)
            {
                var (email, phone) = (0, 0);
                foreach (var address in row.Addresses)
                {
                    await copy.StartRowAsync(ct);
                    copy.Write(row.Number, NpgsqlDbType.Integer);
                    copy.Write(row.Id, NpgsqlDbType.Uuid);
                    copy.Write(ids.Next(), NpgsqlDbType.Uuid);
                    copy.Write(address.Kind, NpgsqlDbType.Text);
                    copy.Write(address.Value, NpgsqlDbType.Text);
                    copy.Write(address.Normal, NpgsqlDbType.Text);
                    copy.Write(address.Key, NpgsqlDbType.Uuid);
                    copy.Write(address.Kind == ContactPoint.Email ? email++ : phone++, NpgsqlDbType.Integer);
                }
            }

            await copy.CompleteAsync(ct);
        }

        if (!rows.Any(r => r.Tags.Count > 0))
            return;
        await using (var copy = await connection.BeginBinaryImportAsync(ImportSql.CopyTags, ct))
        {
            foreach (var row in rows)
            {
                foreach (var tag in row.Tags)
                {
                    await copy.StartRowAsync(ct);
                    copy.Write(row.Number, NpgsqlDbType.Integer);
                    copy.Write(NumberOf(tag), NpgsqlDbType.Integer);
                }
            }

            await copy.CompleteAsync(ct);
        }
    }

    /// <summary>The names of all tags, with the ids that new ones will have.</summary>
    public async Task LoadTags(IReadOnlyList<string> everyone, IReadOnlyDictionary<string, Guid> existing, IdBlock ids, CancellationToken ct)
    {
        var forAll = everyone.Select(NumberOf).ToHashSet();
        await using var copy = await connection.BeginBinaryImportAsync(ImportSql.CopyTagNames, ct);
        foreach (var (normal, (number, name)) in tags)
        {
            await copy.StartRowAsync(ct);
            copy.Write(number, NpgsqlDbType.Integer);
            copy.Write(existing.TryGetValue(normal, out var id) ? id : ids.Next(), NpgsqlDbType.Uuid);
            copy.Write(name, NpgsqlDbType.Text);
            copy.Write(normal, NpgsqlDbType.Text);
            copy.Write(forAll.Contains(number), NpgsqlDbType.Boolean);
        }

        await copy.CompleteAsync(ct);
    }

    /// <summary>The values of a few thousand rows that must be somebody's alone.</summary>
    public async Task LoadUnique(IReadOnlyList<ImportRow> rows, IReadOnlyList<CustomField> fields, CancellationToken ct)
    {
        if (fields.Count == 0)
            return;
        await using var copy = await connection.BeginBinaryImportAsync(ImportSql.CopyUnique, ct);
        foreach (var row in rows)
        {
            foreach (var field in fields.Where(f => row.Fields.ContainsKey(f.Key)))
            {
                await copy.StartRowAsync(ct);
                copy.Write(row.Number, NpgsqlDbType.Integer);
                copy.Write(field.Id, NpgsqlDbType.Uuid);
                copy.Write(field.Key, NpgsqlDbType.Text);
                copy.Write(ContactText.Fold(row.Fields[field.Key]), NpgsqlDbType.Text);
            }
        }

        await copy.CompleteAsync(ct);
    }

    public async Task LoadBlocked(IEnumerable<(int Number, string Kind)> blocked, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(ImportSql.CopyBlocked, ct);
        foreach (var (number, kind) in blocked)
        {
            await copy.StartRowAsync(ct);
            copy.Write(number, NpgsqlDbType.Integer);
            copy.Write(kind, NpgsqlDbType.Text);
        }

        await copy.CompleteAsync(ct);
    }

    public async Task LoadUpdates(IEnumerable<ContactMerge> merges, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(ImportSql.CopyUpdates, ct);
        foreach (var merge in merges)
        {
            await copy.StartRowAsync(ct);
            copy.Write(merge.ContactId, NpgsqlDbType.Uuid);
            copy.Write(merge.First, NpgsqlDbType.Text);
            copy.Write(merge.Last, NpgsqlDbType.Text);
            copy.Write(merge.Company, NpgsqlDbType.Text);
            copy.Write(merge.ExternalId, NpgsqlDbType.Text);
            copy.Write(JsonSerializer.Serialize(merge.Fields), NpgsqlDbType.Jsonb);
            copy.Write(merge.SortName, NpgsqlDbType.Text);
            copy.Write(merge.SearchText, NpgsqlDbType.Text);
            copy.Write(JsonSerializer.Serialize(merge.Before), NpgsqlDbType.Jsonb);
            copy.Write(JsonSerializer.Serialize(merge.After), NpgsqlDbType.Jsonb);
            copy.Write(merge.UpdatedBefore, NpgsqlDbType.TimestampTz);
            copy.Write(JsonSerializer.Serialize(merge.Details), NpgsqlDbType.Jsonb);
            copy.Write(ContactText.Fold(merge.Company), NpgsqlDbType.Text);
            copy.Write(merge.Minor, NpgsqlDbType.Boolean);
            copy.Write(merge.ChangedIn, NpgsqlDbType.Xid8);
        }

        await copy.CompleteAsync(ct);
    }

    public Task<int> Execute(string sql, CancellationToken ct, params NpgsqlParameter[] more) => Command(sql, more).ExecuteNonQueryAsync(ct);

    public NpgsqlCommand Command(string sql, params NpgsqlParameter[] more)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (sql.Contains("@t", StringComparison.Ordinal))
            command.Parameters.AddWithValue("t", tenant);
        if (sql.Contains("@now", StringComparison.Ordinal))
            command.Parameters.AddWithValue("now", now);
        command.Parameters.AddRange(more);
        return command;
    }

    private int NumberOf(string tag)
    {
        var normal = Tag.Normalise(tag);
        if (!tags.TryGetValue(normal, out var known))
            tags[normal] = known = (tags.Count, tag.Trim());
        return known.Number;
    }

    private static List<string> Normals(ImportRow row, string kind) => row.Addresses.Where(a => a.Kind == kind).Select(a => a.Normal).ToList();
}
