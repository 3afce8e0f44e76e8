using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Takes a field away with every value that stands in it; this cannot be undone. Retiring keeps the values.</summary>
public sealed record DeleteField
{
    public Guid Id { get; set; }
}

public sealed class DeleteFieldHandler(PluraDb db, IEnumerable<IFieldHolder> holders, LiveContacts live, IAudit audit, TimeProvider clock)
{
    /// <summary>Answers how many values went.</summary>
    public async Task<Result<int>> Handle(DeleteField command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await FieldRules.Hold(db, ct) is { } busy)
            return busy;
        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == command.Id, ct) is not { } field)
            return KeepFieldHandler.Missing;
        var gone = holders.FirstOrDefault(h => h.Entity == field.Entity) is { } holder ? await holder.Empty(field.Key, ct)
            : field.Entity == CustomField.OnContacts
            ? await db.Database.ExecuteSqlAsync($"update contacts.contact set fields = fields - {field.Key} where tenant_id = {db.Tenant.Id} and fields ? {field.Key}", ct)
            : await db.Database.ExecuteSqlAsync($"update contacts.company set fields = fields - {field.Key} where tenant_id = {db.Tenant.Id} and fields ? {field.Key}", ct);
        db.CustomFields.Remove(field);
        if (field.IsFile)
            db.Enqueue(new ForgetRemoved(field.Id), clock.GetUtcNow());
        audit.Note("contacts.delete_field", field.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["values"] = gone.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        await db.SaveChangesAsync(ct);
        await live.Changed(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return gone;
    }
}

public static class DeleteFieldEndpoint
{
    public static void MapDeleteField(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/v1/fields/{id:guid}", async (Guid id, DeleteFieldHandler handler, CancellationToken ct) =>
        {
            var deleted = await handler.Handle(new DeleteField { Id = id }, ct);
            return deleted.Answer(values => Results.Ok(new { values }));
        }).RequirePermission("contacts.fields").WithName("DeleteField");
}
