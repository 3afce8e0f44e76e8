using System.Text.Json.Nodes;
using Npgsql;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Automations ask contacts in the language of lists, in the transaction in which they run: what a step has just changed counts.</summary>
internal sealed class Conditions(PluraDb db, Filters filters, FilterBook book, IRecipients recipients) : IConditions
{
    public async Task<Result<HashSet<Guid>>> Meet(JsonObject condition, Guid[] contacts, CancellationToken ct)
    {
        var where = await Where(condition, ct);
        if (where.Refusal is { } refusal)
            return refusal;
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandText = $"select c.id from contacts.contact c where c.tenant_id = @tenant and c.id = any(@asked) and {where.Value.Sql}";
        command.Parameters.AddRange(where.Value.Parameters.ToArray());
        command.Parameters.Add(new NpgsqlParameter("tenant", db.Tenant.Id));
        command.Parameters.Add(new NpgsqlParameter("asked", contacts));
        var met = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            met.Add(reader.GetGuid(0));
        return met;
    }

    public async Task<string?> Problem(JsonObject condition, CancellationToken ct) => (await Where(condition, ct)).Refusal?.Text;

    public async Task<string> Say(JsonObject condition, CancellationToken ct) =>
        Read(condition) is { Ok: true, Value: var filter } ? FilterWords.Say(filter, await book.All(ct)) : "Something that cannot be asked any more";

    public async Task<IReadOnlyList<ContactFact>> Facts(CancellationToken ct) => [.. (await recipients.MergeFields(ct)).Select(f => new ContactFact(f.Path, f.Label, f.Example))];

    /// <summary>What was posted by <see cref="ConditionLines"/>; a group without conditions that is true of everybody says nothing.</summary>
    public static Result<JsonObject> Read(Microsoft.AspNetCore.Http.IFormCollection form)
    {
        if (!form.ContainsKey("node"))
            return new JsonObject();
        var lines = ListForm.Read(form);
        if (lines.Root.Everything.Any(n => n.Find.Length > 0))
            return Refusal.Invalid("condition.not_found", "Choose the company from the list first: press “Show what was chosen”.");
        return lines.Root is { Join: BuilderNode.All } root && root.Filter() is AllOf { Parts.Count: 0 } ? new JsonObject() : JsonNode.Parse(lines.Filter.Json())!.AsObject();
    }

    private async Task<Result<FilterSql>> Where(JsonObject condition, CancellationToken ct) =>
        Read(condition) is { Ok: true, Value: var filter } read ? await filters.Compile(filter, "condition", 0, ct) : Read(condition).Refusal!;

    internal static Result<ContactFilter> Read(JsonObject condition) => condition.Count == 0 ? ContactFilter.Everyone : ContactFilter.Read(condition.ToJsonString());
}
