using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>The letter as one contact would get it, while it is being written. Nothing is stored; the same code renders the real one.</summary>
public sealed class PreviewCampaignHandler(ISendLedger ledger, Composer composer, Actor actor)
{
    public async Task<Result<RenderedLetter>> Handle(CampaignDraft draft, Guid? contactId, CancellationToken ct)
    {
        if (draft.Invalid() is { } invalid)
            return invalid;
        if (Refuses(contactId, actor) is { } notYours)
            return notYours;
        return await ledger.Render(await composer.Letter(draft, ct), contactId, ct);
    }

    /// <summary>A letter as a contact would get it shows the contact: whoever may not see contacts sees it with the words that stand for nobody.</summary>
    internal static Refusal? Refuses(Guid? contactId, Actor actor) => contactId is not null && !actor.May("contacts.read")
        ? Refusal.Forbidden("campaign.preview_contact", "You may write letters, but not look at contacts. The preview shows what somebody without a name would get.") : null;
}

/// <summary>Sends the letter to the person who writes it.</summary>
public sealed class SendTestHandler(ISendLedger ledger, Composer composer, Actor actor, IAudit audit)
{
    public async Task<Result> Handle(CampaignDraft draft, Guid? contactId, CancellationToken ct)
    {
        if (draft.Invalid() is { } invalid)
            return invalid;
        if (PreviewCampaignHandler.Refuses(contactId, actor) is { } notYours)
            return notYours;
        if (actor is not { Kind: ActorKind.User, Id: { } user })
            return Refusal.Forbidden("campaign.test_needs_user", "A test goes to the person who is signed in; a token has no inbox.");
        var letter = await composer.Letter(draft, ct);
        if (ledger.Check(letter) is { } wrong)
            return wrong;
        audit.Note("campaigns.send_test", null);
        return await ledger.SendTest(letter, contactId, user, ct);
    }
}

/// <summary>What the composer asks while somebody writes.</summary>
public sealed class AskAudienceHandler(IRecipients recipients, AudienceSize size)
{
    public async Task<Result<int>> Handle(Audience audience, CancellationToken ct)
    {
        if (audience.Invalid() is { } invalid)
            return invalid;
        if (!audience.Chosen())
            return 0;
        var sql = await recipients.Audience(audience, Channels.Email, ct);
        return sql.Refusal is { } refused ? refused : await size.Of(sql.Value, ct);
    }
}

public static class PreviewCampaignEndpoint
{
    // The letter's own world: its styles and pictures, no script, no form, nothing of ours. "sandbox" makes it a stranger to our cookies.
    private const string Policy = "sandbox allow-popups; default-src 'none'; img-src 'self' https: http: data:; style-src 'unsafe-inline'; font-src https: data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    public static void MapPreviewCampaign(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/a/{account}/campaigns/preview", async (HttpContext http, [FromForm] IFormCollection form, PreviewCampaignHandler handler, CancellationToken ct) =>
        {
            var letter = await handler.Handle(ComposerForm.Create(form), Contact(form), ct);
            http.Response.Headers.ContentSecurityPolicy = Policy;
            http.Response.Headers.CacheControl = "no-store";
            return Results.Content(Page(letter, form["as"] == "text"), "text/html; charset=utf-8");
        }).WithName("PreviewCampaign").RequirePermission("campaigns.edit").ReadsPersonalData("campaigns.preview").FramedByUs();

        // What stands beside the preview: the subject as it is read, and what is wrong with the words.
        routes.MapPost("/a/{account}/campaigns/preview.json", async ([FromForm] IFormCollection form, PreviewCampaignHandler handler, ProofreadCampaignHandler proofread, CancellationToken ct) =>
        {
            var proof = await proofread.Handle(ComposerForm.Create(form), ct);
            if (proof.Refusal is { } refusal)
                return refusal.Problem();
            var letter = await handler.Handle(ComposerForm.Create(form), Contact(form), ct);
            return Results.Ok(new { subject = letter.Ok ? letter.Value.Subject : null, proof.Value.Problems });
        }).WithName("PreviewSubject").RequirePermission("campaigns.edit").ReadsPersonalData("campaigns.preview");

        routes.MapPost("/a/{account}/campaigns/test", async ([FromForm] IFormCollection form, SendTestHandler handler, CancellationToken ct) =>
            (await handler.Handle(ComposerForm.Create(form), Contact(form), ct)).Answer(StatusCodes.Status202Accepted))
            .WithName("SendTest").RequirePermission("campaigns.edit");

        routes.MapPost("/a/{account}/campaigns/audience", async ([FromForm] IFormCollection form, AskAudienceHandler handler, CancellationToken ct) =>
            (await handler.Handle(ComposerForm.Create(form).Audience, ct)).Answer(people => Results.Ok(new { people, text = Words(people) })))
            .WithName("AskAudience").RequirePermission("campaigns.edit");

        routes.MapGet("/a/{account}/campaigns/readers", async (string? q, IContactDirectory contacts, CancellationToken ct) =>
            Results.Ok((await contacts.Search(q ?? "", 8, ct)).Select(c => new { c.Id, c.Name, c.Email })))
            .WithName("FindReader").RequirePermission("contacts.read").ReadsPersonalData("campaigns.find_reader");
    }

    public static string Words(int people) => people switch
    {
        0 => "Nobody chosen yet",
        1 => "1 person with an e-mail address",
        _ => $"{Ui.Say.Number(people)} people with an e-mail address",
    };

    private static Guid? Contact(IFormCollection form) => Guid.TryParse(form["contact"], out var id) ? id : null;

    private static string Page(Result<RenderedLetter> letter, bool text)
    {
        if (letter.Refusal is { } refusal)
            return Plain(refusal.Text);
        return text ? Plain(letter.Value.Text) : letter.Value.Html;
    }

    private static string Plain(string text) =>
        $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Preview</title><style>body{{margin:24px;font:15px/1.6 ui-monospace,monospace;color:#182124;background:#fff}}pre{{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;font:inherit}}</style><pre>{WebUtility.HtmlEncode(text)}</pre></html>";
}
