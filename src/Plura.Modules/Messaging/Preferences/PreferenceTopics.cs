using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Messaging.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>What a business may send to one address, topic by topic, and in which words that is told.</summary>
public sealed class PreferenceTopics(PluraDb db, IConsentLedger ledger)
{
    public async Task<IReadOnlyList<PreferenceLine>> Read(LinkedSend send, CancellationToken ct)
    {
        var now = (await ledger.Now([send.AddressKey], ct)).Where(n => n.Channel == Channels.Email).ToList();
        var used = await db.Contents.Where(c => c.Category == Categories.Marketing).Select(c => c.Topic).Distinct().OrderBy(t => t).Take(40).ToListAsync(ct);
        var names = used.Concat(now.Select(n => n.Topic)).Append(Topics.All).Distinct(StringComparer.Ordinal).OrderByDescending(t => t == Topics.All).ThenBy(t => t, StringComparer.Ordinal);
        return [.. names.Select(topic => Line(send.Account.Name, topic, Counts(now, topic)))];
    }

    /// <summary>What the page says beside the box, kept with the person's answer.</summary>
    public static string Wording(string business, string topic) => topic == Topics.All
        ? $"{business} may send me marketing e-mail."
        : $"{business} may send me e-mail about {Name(topic)}.";

    public static string Name(string topic) => topic.Replace('_', ' ').Replace('-', ' ');

    // The gate's order: the person's own word before the business's, then the newer one.
    private static ConsentNow? Counts(List<ConsentNow> now, string topic) => now
        .Where(n => n.Topic == topic || n.Topic == Topics.All)
        .OrderByDescending(n => n.Act != ConsentActs.Attested).ThenByDescending(n => n.At).ThenByDescending(n => n.Topic == topic)
        .FirstOrDefault();

    private static PreferenceLine Line(string business, string topic, ConsentNow? state)
    {
        var allowed = state is { Act: ConsentActs.Granted or ConsentActs.Attested, Suppressed: null };
        var day = state?.At.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var why = state switch
        {
            null => $"{business} has no permission on record.",
            { Suppressed: not null } => "Nothing is sent: this address is blocked.",
            { Act: ConsentActs.Granted } => $"You said yes on {day}{Door(state.How)}{Source(state.Source)}.",
            { Act: ConsentActs.Attested } => $"{business} says that you said yes on {day}{Source(state.Source)}.",
            { Act: ConsentActs.Denied } => $"You said no on {day}{Door(state.How)}.",
            _ => $"You unsubscribed on {day}{Door(state.How)}.",
        };
        return new PreferenceLine(topic, allowed, state is { Act: not ConsentActs.Attested } && state.Topic == topic, state?.Act, why);
    }

    private static string Door(string how) => how switch
    {
        ConsentDoors.Form => " in a form",
        ConsentDoors.DoubleOptIn => " and confirmed it by a link in an e-mail",
        ConsentDoors.OneClick or ConsentDoors.UnsubscribePage => " by the link in an e-mail",
        ConsentDoors.PreferencePage => " on this page",
        ConsentDoors.Staff => ", written down by their team",
        ConsentDoors.Text => " by text message",
        ConsentDoors.Merge => " at another of your addresses",
        _ => "",
    };

    private static string Source(string? source) => source is { Length: > 0 } ? $" (“{source}”)" : "";
}

/// <param name="Allowed">The business may send this now.</param>
/// <param name="Own">The person's own word about this very topic stands already.</param>
/// <param name="Why">Since when, and by which proof, in a sentence.</param>
public sealed record PreferenceLine(string Topic, bool Allowed, bool Own, string? Act, string Why);
