using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>How many fit, while somebody still chooses: the form as it stands, and nothing is kept.</summary>
public static class CountListEndpoint
{
    public static void MapCountList(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/a/{account}/contacts/lists/count", async (HttpContext http, IAntiforgery antiforgery, Filters filters, FilterBook book, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var form = ListForm.Read(await http.Request.ReadFormAsync(ct));
            form.Settle(await book.All(ct));
            await book.Find(form, ct);
            return Results.Ok(new ListCount(await Words(form, filters, ct)));
        }).RequirePermission("contacts.read").WithName("CountList");

    /// <summary>"1,204 contacts are in it", or what is still missing.</summary>
    public static async Task<string> Words(ListForm form, Filters filters, CancellationToken ct) =>
        (await filters.Count(form.Filter, ct)) is { Ok: true, Value: var people } ? people == 1 ? "1 contact is in it" : $"{Say.Number(people)} contacts are in it" : "Fill in the conditions to see how many are in it";
}

public sealed record ListCount(string Text);
