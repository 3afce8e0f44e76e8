using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <param name="Id">The merge, by which it is taken back.</param>
/// <param name="Contact">The contact that stayed, as it is now.</param>
public sealed record MergeAnswer(Guid Id, ContactView? Contact);

/// <param name="Id">By this it is taken back.</param>
public sealed record DismissalAnswer(Guid Id);

/// <summary>Duplicates and merges in the module's table of contents.</summary>
public static class MergeEndpoints
{
    public static readonly IReadOnlyList<ActWords> Acts =
    [
        new("contacts.find_duplicates", "looked for duplicates", ActGroup.People),
        new("contacts.dismiss_duplicate", "said that {about} and another contact are not the same", ActGroup.People, "contact"),
        new("contacts.recall_dismissal", "took back that two contacts are not the same", ActGroup.People),
        new("contacts.merge", "merged {about} with another contact", ActGroup.People, "contact"),
        new("contacts.unmerge", "took a merge of {about} back", ActGroup.People, "contact"),
        new("contacts.list_duplicates", "looked at duplicates", ActGroup.Look),
        new("contacts.compare", "compared {about} with another contact", ActGroup.Look, "contact"),
    ];

    public static IServiceCollection AddDuplicates(this IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<IMergesContacts, JoinContacts>()
        .AddScoped<PartedRows>()
        .AddScoped<MovedContacts>()
        .AddHourly<EmptyBin>((configuration["Plura:Roles"] ?? "web,worker").Split(',', StringSplitOptions.TrimEntries).Contains("worker", StringComparer.Ordinal))
        .AddLivePart<DuplicatesNow>(DuplicatesNow.Part, "contacts.merge", _ => new Dictionary<string, object?>(StringComparer.Ordinal), _ => FindDuplicatesJobHandler.Topic);

    public static void MapDuplicates(this IEndpointRouteBuilder routes)
    {
        routes.MapListDuplicates();
        routes.MapPost("/api/v1/contacts/duplicates/search", async (FindDuplicates? command, FindDuplicatesHandler handler, CancellationToken ct) =>
            (await handler.Handle(command ?? new FindDuplicates(), ct)).Answer(search => Results.Accepted("/api/v1/contacts/duplicates", new { searching = search.FinishedAt is null }))).RequirePermission("contacts.merge").WithName("FindDuplicates");
        routes.MapPost("/api/v1/contacts/duplicates/dismiss", async (DismissDuplicate command, DismissDuplicateHandler handler, CancellationToken ct) =>
            (await handler.Handle(command, ct)).Answer(id => Results.Ok(new DismissalAnswer(id)))).RequirePermission("contacts.merge").WithName("DismissDuplicate");
        routes.MapPost("/api/v1/contacts/duplicates/dismissals/{id:guid}/undo", async (Guid id, DismissDuplicateHandler handler, CancellationToken ct) =>
            (await handler.Handle(new RecallDismissal(id), ct)).Answer()).RequirePermission("contacts.merge").WithName("RecallDismissal");
        routes.MapPost("/api/v1/contacts/{id:guid}/merge", async (Guid id, MergeContacts command, MergeContactsHandler handler, ReadContact contacts, CancellationToken ct) =>
        {
            var merged = await handler.Handle(command with { Id = id }, ct);
            return merged.Refusal is { } refusal ? refusal.Problem() : Results.Ok(new MergeAnswer(merged.Value, await contacts.One(id, ct)));
        }).RequirePermission("contacts.merge").WithName("MergeContacts");
        routes.MapPost("/api/v1/contacts/merges/{id:guid}/undo", async (Guid id, UnmergeContactsHandler handler, ReadContact contacts, CancellationToken ct) =>
        {
            var parted = await handler.Handle(new UnmergeContacts(id), ct);
            return parted.Refusal is { } refusal ? refusal.Problem() : Results.Ok(new MergeAnswer(id, await contacts.One(parted.Value.WinnerId, ct)));
        }).RequirePermission("contacts.merge").WithName("UnmergeContacts");

        routes.MapPost("/a/{account}/contacts/merges/{id:guid}/undo", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, UnmergeContactsHandler handler, Flash flash, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var parted = await handler.Handle(new UnmergeContacts(id), ct);
            if (parted.Refusal is { Kind: RefusalKind.NotFound } refusal)
                return refusal.Problem();
            flash.Say(parted.Refusal?.Text ?? "The merge is taken back: both contacts are here again.");
            return Results.LocalRedirect(parted.Ok ? $"/a/{account}/contacts/{parted.Value.LoserId}" : parted.Refusal!.About is { } about ? $"/a/{account}/contacts/{about}" : $"/a/{account}/contacts/duplicates");
        }).RequirePermission("contacts.merge").WithName("UnmergeContactsHere");
        routes.MapPost("/a/{account}/contacts/duplicates/dismissals/{id:guid}/undo", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, DismissDuplicateHandler handler, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var recalled = await handler.Handle(new RecallDismissal(id), ct);
            return recalled.Refusal is { } refusal ? refusal.Problem() : Results.LocalRedirect($"/a/{account}/contacts/duplicates");
        }).RequirePermission("contacts.merge").WithName("RecallDismissalHere");
    }
}
