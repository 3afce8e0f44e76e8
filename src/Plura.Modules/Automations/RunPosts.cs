using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Automations;

/// <summary>What pages post about contacts in automations: it is done, what came of it is said on the next page, and what is not there is a page of its own.</summary>
public static class RunPosts
{
    public static void MapRunPosts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/a/{account}/automations/enrol", async (string account, [FromForm] IFormCollection form, EnrolContactsHandler handler, Flash flash, CancellationToken ct) =>
        {
            if (Id(form["Contact"]) is not { } contact)
                return Refusal.Invalid("contact.missing", "Say which contact.").Problem();
            var taken = await handler.Handle(new EnrolContacts { Id = Id(form["Automation"]) ?? Guid.Empty, ContactIds = [contact] }, ct);
            flash.Say(
                taken.Refusal?.Text ?? (taken.Value.Length > 0 ? "Put into the automation." : "The automation did not take them in: they are in it, or may not come again."),
                taken is { Ok: true, Value: [var one] } ? $"/a/{account}/automations/runs/{one.RunId}/release" : null);
            return Results.LocalRedirect($"/a/{account}/contacts/{contact}");
        }).WithName("EnrolContactHere").RequirePermission("automations.enrol");

        routes.MapPost("/a/{account}/automations/runs/{id:guid}/release", async (string account, Guid id, [FromForm] IFormCollection _, ReleaseContactsHandler handler, Flash flash, CancellationToken ct) =>
        {
            var released = await handler.Run(id, ct);
            return Answer(released.Refusal, "Taken out of the automation.", released.Ok ? $"/a/{account}/contacts/{released.Value}" : $"/a/{account}/automations", flash);
        }).WithName("ReleaseRunHere").RequirePermission("automations.enrol");

        routes.MapPost("/a/{account}/automations/{id:guid}/retry", async (string account, Guid id, [FromForm] IFormCollection form, RetryRunsHandler handler, Flash flash, CancellationToken ct) =>
        {
            var run = Id(form["Run"]);
            var retried = await handler.Handle(new RetryRuns { Id = id, RunId = run }, ct);
            return Answer(retried.Refusal, $"Tried again for {Say.Count(retried.Ok ? retried.Value : 0, "contact")}.", run is { } shown ? $"/a/{account}/automations/runs/{shown}" : $"/a/{account}/automations/{id}/runs", flash);
        }).WithName("RetryRunsHere").RequirePermission("automations.publish");

        routes.MapPost("/a/{account}/automations/runs/{id:guid}/answer", async (string account, Guid id, [FromForm] IFormCollection form, AnswerRunHandler handler, Flash flash, CancellationToken ct) =>
        {
            var yes = form["Yes"] == "true";
            return Answer((await handler.Handle(new AnswerRun { Id = id, Yes = yes }, ct)).Refusal, yes ? "You said yes." : "You said no.", $"/a/{account}/automations/runs/{id}", flash);
        }).WithName("AnswerRunHere").RequirePermission("automations.enrol");
    }

    private static IResult Answer(Refusal? refusal, string done, string then, Flash flash)
    {
        if (refusal is { Kind: RefusalKind.NotFound })
            return refusal.Problem();
        flash.Say(refusal?.Text ?? done);
        return Results.LocalRedirect(then);
    }

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
