using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The two contacts' own rows and addresses, as they stood before the merge; of the one that stayed, what was changed since stays changed.</summary>
public sealed class PartedRows(PluraDb db, FieldBook fieldBook, UniqueValues uniqueValues, Assignees assignees, TimeProvider clock)
{
    /// <summary>What belongs together is put back together, or not at all.</summary>
    private static readonly string[][] Together = [["company", "company_id"], ["street", "postal_code", "city", "region", "country"]];

    /// <summary>Made from the rest.</summary>
    private static readonly string[] Derived = ["sort_name", "search_text", "updated_at"];

    private const string Texts = """
        update contacts.contact c set updated_at = $4,
            sort_name = contacts.fold(coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), nullif(c.company, ''), p.normals[1], '')),
            search_text = left(contacts.fold(array_to_string(array_remove(array[c.first_name, c.last_name, c.company] || coalesce(p.normals, '{}'), ''), ' ')), 2000)
        from (select 1) one
        left join lateral (select array_agg(cp.normal order by cp.kind, not cp.is_primary, cp.position) as normals
                           from contacts.contact_point cp where cp.tenant_id = $1 and cp.contact_id = $3) p on true
        where c.tenant_id = $1 and c.id = $3
        """;

    public async Task<Refusal?> Bring(NpgsqlConnection connection, JoinedContacts joined, MergedContact merge, JsonObject own, CancellationToken ct)
    {
        var known = (await fieldBook.Every(CustomField.OnContacts, ct)).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        var now = JsonNode.Parse(await MergeRows.Row(connection, joined, joined.Winner, ct))!.AsObject();
        var winner = Back(JsonNode.Parse(merge.Winner!)!.AsObject(), JsonNode.Parse(merge.After!)!.AsObject(), now);
        var loser = JsonNode.Parse(merge.Loser!)!.AsObject();
        foreach (var row in (JsonObject[])[winner.Row, loser])
            await Check(row, known, ct);

        var columns = string.Join(", ", db.Model.FindEntityType(typeof(Contact))!.GetProperties().Select(p => p.GetColumnName()).Where(c => c is not ("tenant_id" or "id")));
        await connection.Ask(joined, $"insert into contacts.contact (tenant_id, id, {columns}) select tenant_id, id, {columns} from jsonb_populate_record(null::contacts.contact, $4)", ct, Json(loser));
        await connection.Ask(joined, $"update contacts.contact set ({columns}) = (select {columns} from jsonb_populate_record(null::contacts.contact, $4)) where tenant_id = $1 and id = $3", ct, Json(winner.Row));

        var untouched = JsonNode.DeepEquals(own["after"], JsonNode.Parse(await connection.Ask(joined, JoinSql.AllPoints, ct)));
        foreach (var sql in untouched ? JoinSql.PointsBack : JoinSql.LoserPointsBack)
            await connection.Ask(joined, sql, ct, Json(own));
        if (winner.Kept || !untouched)
            await connection.Ask(joined, Texts, ct, new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });

        await connection.Ask(joined, JoinSql.FreeValues, ct);
        await connection.Ask(joined, JoinSql.FilesBack, ct, Json(loser));
        return await uniqueValues.Take(CustomField.OnContacts, joined.Winner, Values(winner.Row), ct) ?? await uniqueValues.Take(CustomField.OnContacts, joined.Loser, Values(loser), ct);
    }

    /// <summary>Each value as it was before, where it is still what the merge made of it.</summary>
    private static (JsonObject Row, bool Kept) Back(JsonObject before, JsonObject after, JsonObject now)
    {
        var (row, kept) = (now.DeepClone().AsObject(), false);
        foreach (var group in before.Select(p => p.Key).Where(k => k != "fields" && !Derived.Contains(k, StringComparer.Ordinal)).GroupBy(k => Array.FindIndex(Together, t => t.Contains(k, StringComparer.Ordinal)) is >= 0 and var at ? $"{at}" : k))
        {
            if (!group.All(k => JsonNode.DeepEquals(now[k], after[k])))
                kept = true;
            else
                foreach (var key in group)
                    row[key] = before[key]?.DeepClone();
        }

        var (was, made, fields) = (before["fields"]!.AsObject(), after["fields"]!.AsObject(), row["fields"]!.AsObject());
        foreach (var key in was.Concat(made).Concat(fields.ToList()).Select(p => p.Key).Distinct(StringComparer.Ordinal).ToList())
        {
            if (!JsonNode.DeepEquals(now["fields"]![key], made[key]))
                kept = true;
            else if (was.ContainsKey(key))
                fields[key] = was[key]?.DeepClone();
            else
                fields.Remove(key);
        }

        foreach (var key in Derived)
            row[key] = (kept ? now : before)[key]?.DeepClone();
        return (row, kept);
    }

    /// <summary>Companies and fields that were deleted meanwhile are gone for these two too, and who left looks after nobody.</summary>
    private async Task Check(JsonObject row, HashSet<string> known, CancellationToken ct)
    {
        if (row["company_id"]?.GetValue<Guid>() is { } company && !await db.Companies.AnyAsync(c => c.Id == company, ct))
            (row["company_id"], row["company"]) = (null, "");
        if (row["assignee_id"]?.GetValue<Guid>() is { } assignee && (await assignees.Still([assignee], ct)).Count == 0)
            row["assignee_id"] = null;
        var fields = row["fields"]!.AsObject();
        foreach (var key in fields.Select(f => f.Key).Where(k => !known.Contains(k)).ToList())
            fields.Remove(key);
    }

    private static Dictionary<string, string> Values(JsonObject row) => row["fields"]!.AsObject().ToDictionary(f => f.Key, f => f.Value!.GetValue<string>(), StringComparer.Ordinal);

    private static NpgsqlParameter Json(JsonNode node) => JoinedRows.Json(node.ToJsonString(JsonSerializerOptions.Default));
}
