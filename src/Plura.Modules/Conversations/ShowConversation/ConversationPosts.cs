using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Conversations;

/// <summary>What the buttons of a thread do. They are endpoints, because the thread renews itself while it is open.</summary>
public static class ConversationPosts
{
    private const string Write = "conversations.write";
    private const string Root = "/a/{account}/conversations/{id:guid}";

    public static void MapConversationPosts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root + "/close", async (string account, Guid id, [FromForm] IFormCollection form, CloseConversationHandler handler, Flash flash, CancellationToken ct) =>
        {
            var done = await handler.Handle(new CloseConversation(id), ct);
            return Next(account, form, Here(account, id), done.Refusal, flash, "Closed. It opens again when they write.", undo: $"{Here(account, id)}/reopen", leave: true);
        }).WithName("PressClose").RequirePermission(Write);

        routes.MapPost(Root + "/reopen", async (string account, Guid id, [FromForm] IFormCollection form, ReopenConversationHandler handler, Flash flash, CancellationToken ct) =>
            Next(account, form, Here(account, id), (await handler.Handle(new ReopenConversation(id), ct)).Refusal, flash, "It is open.")).WithName("PressReopen").RequirePermission(Write);

        routes.MapPost(Root + "/snooze", async (string account, Guid id, [FromForm] IFormCollection form, SnoozeConversationHandler handler, Flash flash, CancellationToken ct) =>
        {
            var done = await handler.Handle(new SnoozeConversation { Id = id, Until = form[form["until"] == "at" ? "at" : "until"].ToString() }, ct);
            return Next(account, form, Here(account, id), done.Refusal, flash, "Put away. It comes back by itself.", undo: $"{Here(account, id)}/reopen", leave: true);
        }).WithName("PressSnooze").RequirePermission(Write);

        routes.MapPost(Root + "/star", async (string account, Guid id, [FromForm] IFormCollection form, StarConversationHandler handler, Flash flash, CancellationToken ct) =>
            Next(account, form, Here(account, id), (await handler.Handle(new StarConversation(id, form["starred"] == "true"), ct)).Refusal, flash)).WithName("PressStar").RequirePermission(Write);

        routes.MapPost(Root + "/mark", async (string account, Guid id, [FromForm] IFormCollection form, MarkConversationHandler handler, Flash flash, CancellationToken ct) =>
        {
            var unread = form["unread"] == "true";
            return Next(account, form, Here(account, id), (await handler.Handle(new MarkConversation(id, unread), ct)).Refusal, flash, leave: unread);
        }).WithName("PressMark").RequirePermission(Write);

        routes.MapPost(Root + "/assign", async (string account, Guid id, [FromForm] IFormCollection form, AssignConversationHandler handler, Flash flash, CancellationToken ct) =>
            Next(account, form, Here(account, id), (await handler.Handle(new AssignConversation { Id = id, Assignee = form["assignee"].ToString() }, ct)).Refusal, flash, "Given.")).WithName("PressAssign").RequirePermission(Write);

        routes.MapPost(Root + "/claim", async (string account, Guid id, [FromForm] IFormCollection form, ClaimConversationHandler handler, Flash flash, CancellationToken ct) =>
            Next(account, form, Here(account, id), (await handler.Handle(new ClaimConversation(id), ct)).Refusal, flash, "It is yours.")).WithName("PressClaim").RequirePermission(Write);

        routes.MapPost(Root + "/messages/{message:guid}/split", async (string account, Guid id, Guid message, [FromForm] IFormCollection form, SplitConversationHandler handler, Flash flash, CancellationToken ct) =>
        {
            var split = await handler.Handle(new SplitConversation(id, message), ct);
            return Next(account, form, Here(account, id), split.Refusal, flash, "What came before is a closed conversation of its own now.", undo: split.Ok ? $"{Here(account, id)}/merge/{split.Value}" : null);
        }).WithName("PressSplit").RequirePermission(Write);

        routes.MapPost(Root + "/merge/{other:guid}", async (string account, Guid id, Guid other, [FromForm] IFormCollection form, MergeConversationHandler handler, Flash flash, CancellationToken ct) =>
        {
            var merged = await handler.Handle(new MergeConversation(id, other), ct);
            return Next(account, form, Here(account, id), merged.Refusal, flash, "It is one conversation now.", undo: merged.Ok ? $"{Here(account, id)}/part/{merged.Value}" : null);
        }).WithName("PressMerge").RequirePermission(Write);

        routes.MapPost(Root + "/part/{merge:guid}", async (string account, Guid id, Guid merge, [FromForm] IFormCollection form, PartConversationHandler handler, Flash flash, CancellationToken ct) =>
            Next(account, form, Here(account, id), (await handler.Handle(new PartConversation(merge), ct)).Refusal, flash, "They are two again.")).WithName("PressPart").RequirePermission(Write);

        routes.MapPost(Root + "/messages/{message:guid}/take-back", async (string account, Guid id, Guid message, [FromForm] IFormCollection form, TakeBackReplyHandler handler, Flash flash, CancellationToken ct) =>
        {
            var done = await handler.Handle(new TakeBackReply(id, message), ct);
            return done.Ok
                ? Next(account, form, $"{Here(account, id)}?draft={message}", null, flash, "Taken back: nobody gets it. Its words are in the box below.")
                : Next(account, form, Here(account, id), done.Refusal, flash);
        }).WithName("PressTakeBack").RequirePermission(Write);
    }

    private static string Here(string account, Guid id) => $"/a/{account}/conversations/{id}";

    /// <summary>Back to the thread in its view; to the view's list where there is nothing left to do in the thread.</summary>
    private static IResult Next(string account, IFormCollection form, string here, Refusal? refusal, Flash flash, string? said = null, string? undo = null, bool leave = false)
    {
        if (refusal is { Kind: RefusalKind.NotFound })
            return refusal.Problem();
        if (refusal is not null)
            flash.Say(refusal.Text);
        else if (said is not null)
            flash.Say(said, undo);
        var view = ConversationViews.Of(form["view"]);
        var to = leave && refusal is null ? $"/a/{account}/conversations" : here;
        return Results.LocalRedirect(view == ConversationViews.Open ? to : QueryHelpers.AddQueryString(to, "view", view));
    }
}
