using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Plura.Contacts.Contracts;

namespace Plura.Contacts;

/// <summary>What hangs on a contact in this module. The contact's own row, its addresses and its unique values are <see cref="MergeContactsHandler"/>'s.</summary>
internal sealed class JoinContacts(Assignees assignees) : IMergesContacts
{
    public string Name => "contacts";

    public IReadOnlyDictionary<string, string?> Columns { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["contacts.note.contact_id"] = null,
        ["contacts.note_version.contact_id"] = null,
        ["contacts.attachment.contact_id"] = null,
        ["contacts.task.contact_id"] = null,
        ["contacts.contact_change.contact_id"] = null,
        ["contacts.contact_point.contact_id"] = null,
        ["contacts.contact_tag.contact_id"] = null,
        ["contacts.contact_follower.contact_id"] = null,
        ["contacts.unique_value.contact_id"] = null,
        ["contacts.field_file.owner_id"] = null,
        ["contacts.duplicate.first_id"] = null,
        ["contacts.duplicate.second_id"] = null,
        ["contacts.duplicate.group_id"] = "a mark that pairs share, whoever has that id",
        ["contacts.not_same.first_id"] = null,
        ["contacts.not_same.second_id"] = null,
        ["contacts.merge.loser_id"] = "it is how old addresses are followed: from merge to merge",
        ["contacts.merge.winner_id"] = "the same",
        ["contacts.import_change.contact_id"] = "what an import did to which row: its undo must not delete the one that stayed for the one that went",
        ["contacts.contact_gone.contact_id"] = "whom columns in memory must let go; a day later it is forgotten",
        ["contacts.search_line.contact_id"] = "made from the contact's own words, and goes with it",
    };

    public async Task<string> Join(NpgsqlConnection connection, JoinedContacts joined, CancellationToken ct)
    {
        var moved = new JsonObject();
        foreach (var table in JoinSql.Rows)
            moved[table] = JsonNode.Parse(await connection.Ask(joined, JoinSql.Move(table), ct));
        moved["tags"] = JsonNode.Parse(await connection.Ask(joined, JoinSql.Tags, ct));
        moved["followers"] = JsonNode.Parse(await connection.Ask(joined, JoinSql.Followers, ct));
        moved["pairs"] = JsonNode.Parse(await connection.Ask(joined, JoinSql.Pairs, ct));
        await connection.Ask(joined, JoinSql.NotSame, ct, new NpgsqlParameter<Guid> { TypedValue = joined.MergeId });
        return moved.ToJsonString();
    }

    public async Task Part(NpgsqlConnection connection, JoinedContacts joined, string moved, CancellationToken ct)
    {
        var kept = JsonNode.Parse(moved)!.AsObject();
        foreach (var table in JoinSql.Rows)
            await connection.Ask(joined, JoinSql.MoveBack(table), ct, Kept(kept, table));
        await connection.Ask(joined, JoinSql.TagsBack, ct, Kept(kept, "tags"));
        var followers = kept["followers"]!["own"]!.AsArray().Select(f => f!["user_id"]!.GetValue<Guid>()).ToList();
        await connection.Ask(joined, JoinSql.FollowersBack, ct, Kept(kept, "followers"), new NpgsqlParameter { Value = (await assignees.Still(followers, ct)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await connection.Ask(joined, JoinSql.PairsBack, ct, Kept(kept, "pairs"));
        await connection.Ask(joined, JoinSql.NotSameBack, ct, new NpgsqlParameter<Guid> { TypedValue = joined.MergeId });
    }

    private static NpgsqlParameter Kept(JsonObject kept, string name) => JoinedRows.Json(kept[name]!.ToJsonString(JsonSerializerOptions.Default));
}
