using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Pushes one notice to one device. The try is committed before the service is called, and how it ended after: of two machines, or one that falls and begins
/// again, none sends a second time.
/// </summary>
public sealed class PushNotice(PluraDb db, Tenant tenant, PushDevices devices, NoticeTimes times, IPushTransport transport, TimeProvider clock)
{
    /// <summary>How long a device that is off may take to get it; tomorrow it is old news.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromHours(24);

    private const int MostTries = 6;
    private const int LongestTitle = 200;
    private const int LongestAccount = 100;
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When to try again; null where it has ended, as the delivery then says. Saving the end is the caller's.</summary>
    public async Task<DateTimeOffset?> Send(NoticeDelivery delivery, ToldNotice told, CancellationToken ct)
    {
        if (await devices.Find(delivery.SubscriptionId, ct) is not { } device || device.UserId != delivery.UserId)
        {
            delivery.End(NoticeStates.Gone, clock.GetUtcNow());
            return null;
        }

        var message = await Message(delivery, told, devices.Unseal(device), ct);
        delivery.Try(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        // Not to be broken off: then nobody would know whether it was taken.
        var end = await transport.Send(message, CancellationToken.None);
        var now = clock.GetUtcNow();
        switch (end.Outcome)
        {
            case PushOutcome.Accepted:
                device.Sent(now);
                delivery.End(NoticeStates.Sent, now);
                return null;
            case PushOutcome.Gone:
                db.PushSubscriptions.Remove(device);
                delivery.End(NoticeStates.Gone, now);
                return null;
            case PushOutcome.Deferred or PushOutcome.NotBegun when delivery.Tries < MostTries:
                return now + Pause(end.RetryAfter, delivery.Tries);
            case PushOutcome.Unknown:
                delivery.End(NoticeStates.Unknown, now);
                return null;
            default:
                delivery.End(NoticeStates.Failed, now);
                return null;
        }
    }

    /// <summary>As long as the service asks for, else a minute, two, four …</summary>
    private static TimeSpan Pause(TimeSpan? asked, int tries)
    {
        var pause = asked is { } wish && wish > TimeSpan.Zero ? wish : TimeSpan.FromMinutes(Math.Pow(2, tries - 1));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>Who it is about, the business, and where it leads: never what somebody wrote.</summary>
    private async Task<PushMessage> Message(NoticeDelivery delivery, ToldNotice told, PushAddress address, CancellationToken ct)
    {
        var (id, accounts) = (tenant.Id, db.Accounts);
        var account = await accounts.Where(a => a.Id == id).Select(a => new { a.Slug, a.Name }).FirstAsync(ct);
        var named = (await times.Hours(delivery.UserId, ct)).Names;
        var about = told.Notice.ThingId ?? told.Notice.Id;
        var payload = new
        {
            title = Short((named ? told.Text : told.Discreet).TrimEnd('.'), LongestTitle),
            body = Short(account.Name, LongestAccount),
            url = $"/a/{account.Slug}{(told.Link is { } link ? "/" + link : "")}",
            tag = about.ToString(),
        };
        var topic = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{told.Notice.Kind} {about}")))[..32];
        return new PushMessage(delivery.Id, id, delivery.UserId, address, JsonSerializer.Serialize(payload, Plain), Lives, topic);
    }

    private static string Short(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)] + "…";
}
