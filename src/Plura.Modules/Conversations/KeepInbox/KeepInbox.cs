using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Says how the inbox works by itself.</summary>
public sealed record KeepInbox
{
    /// <summary>Who gets a conversation that nobody has: <c>nobody</c>, <c>turns</c> (one after the other) or <c>least</c> (whoever has the fewest open ones).</summary>
    [RegularExpression("nobody|turns|least", ErrorMessage = "Choose “nobody”, “turns” or “least”.")]
    public string Give { get; set; } = GiveRules.Nobody;

    /// <summary>Among whom, by their ids; empty for everybody who may answer people. A conversation goes only to somebody who sees its contact.</summary>
    public List<Guid> People { get; set => field = value ?? []; } = [];

    /// <summary>Whether the business has hours; without them it is always open.</summary>
    public bool HasHours { get; set; }

    /// <summary>Seven lines, Sunday first: <c>09:00-17:00</c>, empty where it is closed.</summary>
    public List<string?> Hours { get; set => field = value ?? []; } = [];

    /// <summary>What whoever writes while it is closed is told once until it opens; with merge fields. Empty for nothing.</summary>
    [StringLength(1_000, ErrorMessage = "The message has at most 1,000 characters.")]
    public string? Away { get; set; }

    /// <summary>Within how many minutes of opening hours somebody is to be answered; empty for no such promise.</summary>
    [Range(5, 10_080, ErrorMessage = "Choose between five minutes and a week.")]
    public int? AnswerWithin { get; set; }

    /// <summary>Whether people are asked how it was, once their conversation was closed.</summary>
    public bool Ask { get; set; }
}

public sealed class KeepInboxHandler(PluraDb db, Colleagues colleagues, IPhrases phrases, TimeProvider clock)
{
    public async Task<Result> Handle(KeepInbox command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var known = (await colleagues.Answering(ct)).Select(p => p.Id).ToHashSet();
        if (command.People.Exists(p => !known.Contains(p)))
            return Refusal.Invalid("assignee.unknown", "One of these people does not belong to the account any more, or may not answer people. Choose again.", nameof(command.People));
        List<string>? hours = null;
        if (command.HasHours)
        {
            hours = [];
            for (var day = 0; day < 7; day++)
            {
                var read = OpenHours.Read(command.Hours.ElementAtOrDefault(day));
                if (read.Refusal is { } wrong)
                    return wrong with { Fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { [$"Hours[{day}]"] = [wrong.Text] } };
                hours.Add(read.Value?.ToString() ?? "");
            }

            if (hours.TrueForAll(h => h.Length == 0))
                return Refusal.Invalid("hours.never", "Then you would never be open. Name at least one day.", nameof(command.HasHours));
        }

        var away = string.IsNullOrWhiteSpace(command.Away) ? null : MessageText.Typed(command.Away).Trim();
        if (away is not null && phrases.Check(away, nameof(command.Away)) is { } template)
            return template;
        if (away is not null && hours is null)
            return Refusal.Invalid("hours.away", "Say when you are open: whoever writes at other times gets this message.", nameof(command.HasHours));
        var setting = await db.InboxSettings.SingleOrDefaultAsync(ct);
        if (setting is null)
            db.InboxSettings.Add(setting = InboxSetting.New(clock.GetUtcNow()));
        setting.Keep(command.Give, [.. command.People.Distinct()], hours, away, command.AnswerWithin, command.Ask);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>Reads how the inbox works by itself.</summary>
public sealed class InboxSettings(PluraDb db)
{
    public async Task<KeepInbox> Read(CancellationToken ct) => await db.InboxSettings.AsNoTracking().SingleOrDefaultAsync(ct) is { } kept
        ? new KeepInbox { Give = kept.Give, People = [.. kept.People], HasHours = kept.Hours is not null, Hours = [.. kept.ReadHours() ?? []], Away = kept.Away, AnswerWithin = kept.AnswerWithin, Ask = kept.Ask }
        : new KeepInbox();
}

public static class KeepInboxEndpoint
{
    private const string Api = "/api/v1/inbox";

    public static void MapKeepInbox(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Api, async (InboxSettings settings, CancellationToken ct) => Results.Ok(await settings.Read(ct))).RequirePermission("conversations.read").WithName("ReadInbox");
        routes.MapPut(Api, async (KeepInbox command, KeepInboxHandler handler, InboxSettings settings, CancellationToken ct) =>
            await (await handler.Handle(command, ct)).AnswerWith(async () => await settings.Read(ct))).RequirePermission("conversations.inbox").WithName("KeepInbox");
    }
}
