using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;
using Plura.Platform.Outbox;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>Has work that was given up tried again: one piece, or all of the account's.</summary>
public sealed record RetryWork
{
    /// <summary>Null for all.</summary>
    public Guid? Id { get; set; }
}

public sealed class RetryWorkHandler(DeadLetters dead, IAudit audit)
{
    /// <summary>Answers how many pieces are tried again.</summary>
    public async Task<Result<int>> Handle(RetryWork command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        // Saved by the one change that revives them.
        audit.Note("account.retry_work", command.Id);
        var tried = await dead.Again(command.Id, ct);
        return tried.Count > 0 || command.Id is null
            ? tried.Count
            : Refusal.NotFound("work.not_waiting", "This work does not wait for you any more: it is done, or it is being tried again.");
    }
}

public static class RetryWorkEndpoints
{
    public static void MapRetryWork(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/a/{account}/settings/unfinished/{id:guid}/retry", (string account, Guid id, HttpContext http, IAntiforgery antiforgery, RetryWorkHandler handler, Flash flash, CancellationToken ct) =>
            Retry(account, id, http, antiforgery, handler, flash, ct)).WithName("RetryWork").RequirePermission("account.settings");
        routes.MapPost("/a/{account}/settings/unfinished/retry", (string account, HttpContext http, IAntiforgery antiforgery, RetryWorkHandler handler, Flash flash, CancellationToken ct) =>
            Retry(account, null, http, antiforgery, handler, flash, ct)).WithName("RetryAllWork").RequirePermission("account.settings");
    }

    private static async Task<IResult> Retry(string account, Guid? id, HttpContext http, IAntiforgery antiforgery, RetryWorkHandler handler, Flash flash, CancellationToken ct)
    {
        await antiforgery.ValidateRequestAsync(http);
        var tried = await handler.Handle(new RetryWork { Id = id }, ct);
        flash.Say(tried.Refusal?.Text ?? (id is null ? $"We try it again: {Say.Count(tried.Value, "piece", "pieces")} of work." : "We try it again."));
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/a/{account}/{DeadLetters.Page}"));
    }
}
