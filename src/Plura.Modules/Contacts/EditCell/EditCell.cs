using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Changes one value where it stands, in a list of contacts.</summary>
/// <param name="Was">The value as the list showed it; where it is another one by now, nothing is overwritten.</param>
public sealed record EditCell(Guid Id, string Column, string Value, string Was);

public sealed class EditCellHandler(ReadContact contacts, ListColumns columns, EditContactHandler edit)
{
    public async Task<Result> Handle(EditCell command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if ((await columns.All(ct)).FirstOrDefault(c => c.Word == command.Column) is not { Edit: not null } column)
            return Refusal.Invalid("list.cell", "This column cannot be changed here. Open the contact.");
        if (await contacts.One(command.Id, ct) is not { } contact)
            return ReadContact.Missing;
        var now = ContactCell.Of(contact, column);
        if (now == command.Value)
            return Result.Done;
        if (now != command.Was)
            return Refusal.Conflict("contact.changed", now.Length == 0 ? "Somebody emptied this meanwhile. Reload the list to see it." : $"Somebody changed this meanwhile: it says “{Short(column, now)}” now.");
        var value = command.Value;
        var wanted = new EditContact { Id = command.Id };
        switch (column.Word)
        {
            case "email":
                wanted.Email = value;
                break;
            case "phone":
                wanted.Phone = value;
                break;
            case "company":
                wanted.Company = value;
                break;
            case "source":
                wanted.Source = value;
                break;
            case "date_of_birth":
                wanted.DateOfBirth = value;
                break;
            case "street":
                wanted.Street = value;
                break;
            case "postal_code":
                wanted.PostalCode = value;
                break;
            case "city":
                wanted.City = value;
                break;
            case "region":
                wanted.Region = value;
                break;
            default:
                wanted.Fields[column.Field!.Key] = value;
                break;
        }

        return await edit.Handle(wanted, ct);
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
