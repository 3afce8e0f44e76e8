using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Ends all marketing e-mail to the address a letter went to. Effective at commit; asking again changes nothing.</summary>
public sealed record Unsubscribe
{
    public string Token { get; set; } = "";

    /// <summary>True where a mail program acted for its user (RFC 8058), false for the button on our page.</summary>
    public bool OneClick { get; set; }

    public string? Ip { get; set; }

    public string? UserAgent { get; set; }
}

public sealed class UnsubscribeHandler(PluraDb db, LinkedSends sends, IConsentLedger ledger, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(Unsubscribe command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await sends.Find(command.Token, LinkKind.Unsubscribe, ct) is not { } send)
            return Refusal.NotFound("link.unknown", "This link is not one of ours, or it was cut short on its way.");
        if (await Withdrawn(ledger, send.AddressKey, ct))
            return Result.Done;

        var how = command.OneClick ? ConsentDoors.OneClick : ConsentDoors.UnsubscribePage;
        var now = clock.GetUtcNow();
        await using var change = await db.Database.BeginTransactionAsync(ct);
        await ledger.Append(
            new ConsentEntry
            {
                AddressKey = send.AddressKey,
                SubjectId = send.ContactId,
                Channel = Channels.Email,
                Topic = Topics.All,
                Act = ConsentActs.Withdrawn,
                How = how,
                SendId = send.Link.SendId,
                Proof = LinkProof.Of(command.Ip, command.UserAgent),
            },
            ct);
        db.SendHappenings.Add(SendHappening.New(send.Link.SendId, now, "unsubscribed", how));
        audit.Note("messaging.unsubscribe", send.ContactId);
        await db.SaveChangesAsync(ct);
        await db.Sends.Where(s => s.Id == send.Link.SendId && s.UnsubscribedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.UnsubscribedAt, now), ct);
        await change.CommitAsync(ct);
        return Result.Done;
    }

    /// <summary>Whether the address already said no to everything, by its latest word.</summary>
    internal static async Task<bool> Withdrawn(IConsentLedger ledger, Guid addressKey, CancellationToken ct)
    {
        var now = (await ledger.Now([addressKey], ct)).Where(n => n.Channel == Channels.Email).ToList();
        return now.Exists(n => n.Topic == Topics.All && n.Act == ConsentActs.Withdrawn) && now.TrueForAll(n => n.Act is ConsentActs.Withdrawn or ConsentActs.Denied);
    }
}

internal static class UnsubscribeEndpoints
{
    private const string Why = "Whoever holds the letter may unsubscribe; its token is the authority, and RFC 8058 forbids cookies";

    public static void MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/u/{token}", Post).WithName("Unsubscribe").Public(Why).DisableAntiforgery().WithOrder(-1);
    }

    private static async Task<IResult> Post(string token, HttpContext context, UnsubscribeHandler handler, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await LinkForms.Read(context, ct) is not { } form)
            return TypedResults.Text("The request holds no form.", statusCode: StatusCodes.Status400BadRequest);
        var oneClick = string.Equals(form["List-Unsubscribe"], "One-Click", StringComparison.OrdinalIgnoreCase);
        if (!oneClick && form["confirm"] != "yes")
            return TypedResults.Text("The request does not say what to do.", statusCode: StatusCodes.Status400BadRequest);

        var done = await handler.Handle(new Unsubscribe { Token = token, OneClick = oneClick, Ip = context.Connection.RemoteIpAddress?.ToString(), UserAgent = context.Request.Headers.UserAgent }, ct);
        if (!oneClick)
            return TypedResults.LocalRedirect($"/u/{Uri.EscapeDataString(token)}", permanent: false, preserveMethod: false);
        return done.Ok ? TypedResults.Text("You are unsubscribed.") : TypedResults.Text(done.Refusal!.Text, statusCode: done.Refusal.Status());
    }
}
