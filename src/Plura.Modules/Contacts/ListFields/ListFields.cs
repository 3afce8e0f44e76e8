using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A field as the API shows it.</summary>
public sealed record FieldView(
    Guid Id, string Entity, string Key, string Label, string Kind, IReadOnlyList<string> Choices, string? Currency, string Group, bool Required, bool Unique, string Privacy, int Position, DateTimeOffset? RetiredAt)
{
    public static FieldView Of(CustomField f) => new(
        f.Id, f.Entity, f.Key, f.Label, f.Kind, f.Choosable(), f.Currency.Length == 0 ? null : f.Currency, f.GroupName, f.IsRequired, f.IsUnique, f.Privacy, f.Position, f.RetiredAt);

    public static async Task<FieldView?> One(FieldBook book, Guid id, CancellationToken ct) =>
        (await book.Everywhere(ct)).Where(f => f.Id == id).Select(Of).FirstOrDefault();
}

/// <summary>How many values stand in each field, by its id.</summary>
public sealed class FieldCounts(PluraDb db, IEnumerable<IFieldHolder> holders)
{
    public async Task<IReadOnlyDictionary<Guid, long>> Read(IReadOnlyList<CustomField> fields, CancellationToken ct)
    {
        var counts = new Dictionary<(string Entity, string Key), long>();
        foreach (var entity in fields.Select(f => f.Entity).Distinct(StringComparer.Ordinal))
        {
            if (holders.FirstOrDefault(h => h.Entity == entity) is { } holder)
            {
                foreach (var (key, count) in await holder.Counts(ct))
                    counts[(entity, key)] = count;
                continue;
            }

            var rows = entity == CustomField.OnContacts
                ? await db.Database.SqlQuery<Row>($"""select k as key, count(*) as count from contacts.contact c, jsonb_object_keys(c.fields) k where c.tenant_id = {db.Tenant.Id} group by k""").ToListAsync(ct)
                : await db.Database.SqlQuery<Row>($"""select k as key, count(*) as count from contacts.company c, jsonb_object_keys(c.fields) k where c.tenant_id = {db.Tenant.Id} group by k""").ToListAsync(ct);
            foreach (var row in rows)
                counts[(entity, row.Key)] = row.Count;
        }

        return fields.ToDictionary(f => f.Id, f => counts.GetValueOrDefault((f.Entity, f.Key)));
    }

    private sealed record Row(string Key, long Count);
}

public static class ListFieldsEndpoint
{
    public static void MapListFields(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/fields", async (string? entity, FieldBook book, CancellationToken ct) =>
        {
            if (entity is not null && !FieldKinds.Entities.Contains(entity, StringComparer.Ordinal))
                return Refusal.Invalid("field.entity", "Fields are of contacts, companies or opportunities: “contact”, “company” or “opportunity”.", "Entity").Problem();
            var fields = entity is null ? await book.Everywhere(ct) : await book.Every(entity, ct);
            return Results.Ok(new Page<FieldView>([.. fields.Select(FieldView.Of)], Next: null));
        }).RequirePermission("contacts.read").WithName("ListFields");
}
