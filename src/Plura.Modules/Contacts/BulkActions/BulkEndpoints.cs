using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>The API's body: <c>do</c>, and either <c>ids</c> or a <c>filter</c>.</summary>
public sealed record BulkBody(string? Do, List<Guid>? Ids, JsonElement? Filter, string? Tag, string? Assignee, string? Field, string? Value, Guid? Automation, bool? Sensitive);

/// <param name="State"><c>asked</c>, <c>running</c>, <c>done</c>, <c>failed</c>, <c>undoing</c> or <c>undone</c>.</param>
/// <param name="Total">How many contacts it concerns.</param>
/// <param name="Reached">How many of them were looked at.</param>
/// <param name="Changed">How many it changed.</param>
/// <param name="PutBack">How many its undo put back.</param>
public sealed record BulkAnswer(Guid Id, string Do, string State, int Total, int Reached, int Changed, int PutBack, string? Failure)
{
    public static BulkAnswer Of(BulkAction a) => new(a.Id, a.Kind, a.State, a.Total, a.Reached, a.Changed, a.PutBack, a.Failure);
}

public static class BulkEndpoints
{
    public static IServiceCollection AddBulkActions(this IServiceCollection services) => services
        .AddScoped<BulkField>().AddScoped<BulkAssign>().AddScoped<BulkRun>().AddScoped<BulkStory>().AddScoped<ReadBulkActions>()
        .AddScoped<IBulkKind, BulkTag>().AddScoped<IBulkKind, BulkUntag>().AddScoped<IBulkKind, BulkAssign>().AddScoped<IBulkKind, BulkField>().AddScoped<IBulkKind, BulkDelete>().AddScoped<IBulkKind, BulkEnrol>().AddScoped<IBulkKind, BulkUnenrol>().AddScoped<IBulkKind, BulkExport>().AddScoped<ExportedFile>().AddScoped<BackgroundExport>()
        .AddScoped<INameThings, BulkActionNames>()
        .AddSingleton(new NoticeKind(BulkRun.DoneKind, "A change of many contacts is finished", MailToOwners: false) { Area = "Contacts" })
        .AddLivePart<BulkNow>("bulk", "contacts.read", nameof(BulkNow.Id));

    public static void MapBulkActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/contacts/bulk", async (BulkBody body, StartBulkActionHandler handler, ReadBulkActions actions, CancellationToken ct) =>
        {
            var filter = body.Filter is { ValueKind: not JsonValueKind.Null } json ? ContactFilter.Read(json) : default(Result<ContactFilter>?);
            if (filter?.Refusal is { } refusal)
                return refusal.Problem();
            var started = await handler.Handle(new StartBulkAction { Do = body.Do ?? "", Ids = body.Ids ?? [], Filter = filter?.Value, Tag = body.Tag, Assignee = body.Assignee, Field = body.Field, Value = body.Value, Automation = body.Automation, Sensitive = body.Sensitive ?? false }, ct);
            return started.Refusal is { } wrong ? wrong.Problem() : Results.Accepted($"/api/v1/contacts/bulk/{started.Value.Id}", BulkAnswer.Of((await actions.Mine(started.Value.Id, ct))!));
        }).RequirePermission("contacts.edit").WithName("StartBulkAction");
        routes.MapGet("/api/v1/contacts/bulk/{id:guid}", async (Guid id, ReadBulkActions actions, CancellationToken ct) =>
            await actions.Mine(id, ct) is { } action ? Results.Ok(BulkAnswer.Of(action)) : ReadBulkActions.Missing.Problem()).RequirePermission("contacts.read").WithName("ReadBulkAction");
        routes.MapPost("/api/v1/contacts/bulk/{id:guid}/undo", async (Guid id, UndoBulkActionHandler handler, CancellationToken ct) =>
            (await handler.Handle(new UndoBulkAction(id), ct)).Answer(action => Results.Accepted($"/api/v1/contacts/bulk/{id}", BulkAnswer.Of(action)))).RequirePermission("contacts.edit").WithName("UndoBulkAction");

        routes.MapGet("/api/v1/contacts/bulk/{id:guid}/file", (Guid id, ExportedFile file, CancellationToken ct) => file.Send(id, ct))
            .RequirePermission("contacts.export").WithName("ReadExportedFile").ReadsPersonalData("contacts.read_export");
        routes.MapGet("/a/{account}/contacts/bulk/{id:guid}/file", (Guid id, ExportedFile file, CancellationToken ct) => file.Send(id, ct))
            .RequirePermission("contacts.export").Fresh(back: "/a/{account}/contacts").WithName("ReadExportedFileHere").ReadsPersonalData("contacts.read_export");

        routes.MapPost("/a/{account}/contacts/bulk/{id:guid}/undo", async (string account, Guid id, HttpContext http, IAntiforgery antiforgery, UndoBulkActionHandler handler, Flash flash, CancellationToken ct) =>
        {
            await antiforgery.ValidateRequestAsync(http);
            var undone = await handler.Handle(new UndoBulkAction(id), ct);
            if (undone.Refusal is { } refusal && refusal.Code == ReadBulkActions.Missing.Code)
                return refusal.Problem();
            flash.Say(undone.Refusal?.Text ?? (undone.Value.State == BulkAction.Undone ? Said(undone.Value) : undone.Value.Kind == BulkAction.Export ? "The file is being deleted." : "It is being taken back."));
            return Results.LocalRedirect(undone.Ok && undone.Value.State == BulkAction.Undone && undone.Value.Kind is not (BulkAction.Delete or BulkAction.Export) ? $"/a/{account}/contacts" : $"/a/{account}/contacts/bulk/{id}");
        }).RequirePermission("contacts.read").WithName("UndoBulkActionHere");
    }

    private static string Said(BulkAction action) => action.Kind == BulkAction.Export ? "The file is deleted." :
        action.PutBack == action.Changed ? $"Taken back: {Say.Count(action.PutBack, "contact")}." : $"Taken back for {Say.Count(action.PutBack, "contact")}. {Say.Count(action.Changed - action.PutBack, "contact was", "contacts were")} changed since and left alone.";
}
