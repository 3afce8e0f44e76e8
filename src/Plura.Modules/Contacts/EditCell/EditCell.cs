using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Changes one value where it stands, in a list of contacts.</summary>
/// <param name="Was">The value as the list showed it; where it is another one by now, nothing is overwritten.</param>
public sealed record EditCell(Guid Id, string Column, string Value, string Was);

public sealed class EditCellHandler(PluraDb db, ReadContact contacts, ListColumns columns, EditContactHandler edit)
{
    public async Task<Result> Handle(EditCell command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await columns.All(ct)).FirstOrDefault(c => c.Word == command.Column) is not { Edit: not null, Read: { } read, Write: { } write } column)
            return Refusal.Invalid("list.cell", "This column cannot be changed here. Open the contact.");
        // Held before it is read: of two who change the same cell the second is told what the first wrote.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (await ContactRows.ToChange(db, command.Id, ct) is null || await contacts.One(command.Id, ct) is not { } contact)
            return ReadContact.Missing;
        var now = read(contact);
        if (now == command.Value)
            return Result.Done;
        if (now != command.Was)
            return Refusal.Conflict("contact.changed", now.Length == 0 ? "Somebody emptied this meanwhile. Reload the list to see it." : $"Somebody changed this meanwhile: it says “{Short(column, now)}” now.");
        var wanted = new EditContact { Id = command.Id };
        write(wanted, command.Value);
        var edited = await edit.Handle(wanted, ct);
        if (edited.Ok && transaction is not null)
            await transaction.CommitAsync(ct);
        return edited;
    }

    private static string Short(ListColumn column, string value) => column.Field is { } field ? FieldValues.Shown(field, value) : value;
}

public static class EditCellEndpoint
{
    public static void MapEditCell(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/contacts/{id:guid}/cell", async (Guid id, HttpContext http, IAntiforgery antiforgery, EditCellHandler handler, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var form = await http.Request.ReadFormAsync(ct);
            return (await handler.Handle(new EditCell(id, form["Column"].ToString(), form["Value"].ToString().Trim(), form["Was"].ToString()), ct)).Answer();
        }).RequirePermission("contacts.edit").WithName("EditCell");
}
