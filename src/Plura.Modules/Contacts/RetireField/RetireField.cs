using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Asks for a field no longer, or again. Its values stay, and can still be filtered and exported.</summary>
public sealed record RetireField
{
    public Guid Id { get; set; }

    /// <summary>True brings it back.</summary>
    public bool Back { get; set; }
}

public sealed class RetireFieldHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(RetireField command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == command.Id, ct) is not { } field)
            return KeepFieldHandler.Missing;
        field.Retire(command.Back ? null : field.RetiredAt ?? clock.GetUtcNow());
        audit.Note("contacts.retire_field", field.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["back"] = command.Back ? "yes" : "no" });
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public static class RetireFieldEndpoint
{
    public static void MapRetireField(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/fields/{id:guid}/retire", async (Guid id, RetireField? command, RetireFieldHandler handler, FieldBook book, CancellationToken ct) =>
            await (await handler.Handle((command ?? new RetireField()) with { Id = id }, ct)).AnswerWith(() => FieldView.One(book, id, ct))).RequirePermission("contacts.fields").WithName("RetireField");
}
