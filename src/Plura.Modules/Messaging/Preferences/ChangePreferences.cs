using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>A person chooses, by the link in a letter, what the business may send: their own word, which no import overrides.</summary>
public sealed record ChangePreferences
{
    public string Token { get; set; } = "";

    /// <summary>The topics they want; every other topic on the page is withdrawn.</summary>
    [MaxLength(50, ErrorMessage = "That are more topics than there are.")]
    public string[] Wanted { get; set; } = [];

    public string? Ip { get; set; }

    public string? UserAgent { get; set; }
}

public sealed class ChangePreferencesHandler(PluraDb db, LinkedSends sends, PreferenceTopics topics, IConsentLedger ledger, IAudit audit)
{
    public async Task<Result> Handle(ChangePreferences command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await sends.Find(command.Token, LinkKind.Preferences, ct) is not { } send)
            return Refusal.NotFound("link.unknown", "This link is not one of ours, or it was cut short on its way.");

        var lines = await topics.Read(send, ct);
        var changed = 0;
        await using var change = await db.Database.BeginTransactionAsync(ct);
        // "Everything" first: a word about one topic that follows it is the newer one and counts.
        foreach (var line in lines.OrderByDescending(l => l.Topic == Topics.All))
        {
            var wanted = command.Wanted.Contains(line.Topic, StringComparer.Ordinal);
            if (wanted == line.Allowed && line.Own)
                continue;
            if (!wanted && !line.Allowed && line.Act is null)
                continue;
            await ledger.Append(
                new ConsentEntry
                {
                    AddressKey = send.AddressKey,
                    SubjectId = send.ContactId,
                    Channel = Channels.Email,
                    Topic = line.Topic,
                    Act = wanted ? ConsentActs.Granted : ConsentActs.Withdrawn,
                    How = ConsentDoors.PreferencePage,
                    Wording = PreferenceTopics.Wording(send.Account.Name, line.Topic),
                    SendId = send.Link.SendId,
                    Proof = LinkProof.Of(command.Ip, command.UserAgent),
                },
                ct);
            changed++;
        }

        if (changed > 0)
        {
            audit.Note("messaging.change_preferences", send.ContactId);
            await db.SaveChangesAsync(ct);
        }

        await change.CommitAsync(ct);
        return Result.Done;
    }
}

internal static class PreferencesEndpoints
{
    private const string Why = "Whoever holds the letter chooses what comes next; its token is the authority";

    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/p/{token}", Post).WithName("ChangePreferences").Public(Why).DisableAntiforgery().WithOrder(-1);
    }

    private static async Task<IResult> Post(string token, HttpContext context, ChangePreferencesHandler handler, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await LinkForms.Read(context, ct) is not { } form || form["confirm"] != "yes")
            return TypedResults.Text("The request does not say what to do.", statusCode: StatusCodes.Status400BadRequest);
        var wanted = form["everything"] == "no" ? [] : form["topics"].OfType<string>().ToArray();
        var done = await handler.Handle(new ChangePreferences { Token = token, Wanted = wanted, Ip = context.Connection.RemoteIpAddress?.ToString(), UserAgent = context.Request.Headers.UserAgent }, ct);
        return TypedResults.LocalRedirect($"/p/{Uri.EscapeDataString(token)}{(done.Ok ? "?saved=true" : "")}", permanent: false, preserveMethod: false);
    }
}
