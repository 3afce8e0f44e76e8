using System.Globalization;

namespace Plura.Privacy.Contracts;

/// <summary>Turns a reason of the gate into the sentence that a business owner reads: the small line under anything sent or withheld.</summary>
public static class GateWords
{
    /// <summary>The decision in one sentence: why it was sent, or why not.</summary>
    /// <param name="decision">A decision of the gate.</param>
    /// <param name="zone">The account's time zone; UTC where null.</param>
    /// <param name="letter">What to call the message whose link was used ("Spring offer"), where the caller knows it.</param>
    public static string Sentence(GateDecision decision, TimeZoneInfo? zone = null, string? letter = null)
    {
        if (decision.Decisive is { } no)
            return $"{(decision.Outcome == GateDecision.Defer ? "Put off" : "Not sent")}: {Because(no, zone, letter)}.";
        var consent = decision.Reasons.FirstOrDefault(r => r.Rule == "no_consent");
        return consent is null ? "Sent: nothing stood in the way." : $"Sent: {Permission(consent, zone)}.";
    }

    /// <summary>A clause that follows "Not sent:" or stands beside a count: "they unsubscribed on 3 May 2026".</summary>
    public static string Because(GateReason reason, TimeZoneInfo? zone = null, string? letter = null)
    {
        var day = Day(reason, "at", zone);
        return reason.Rule switch
        {
            "platform_stopped" => "all sending on this server is stopped by its operator",
            "ledger_behind_anchor" => "the record of permissions is older than its last sealed copy, so recent unsubscribes may be missing",
            "account_suspended" => "this account may not send at the moment",
            "account_held" => "your messages wait until somebody who runs this installation has looked at your account",
            "warm_up" => $"new accounts send up to {Count(Fact(reason, "limit"))} marketing messages a day at first, and today’s were used up; this one goes{Day(reason, "until", zone)}",
            "suppressed" => Fact(reason, "reason") switch
            {
                SuppressionReasons.Erased => $"they asked to be forgotten{day}",
                SuppressionReasons.Restricted => $"they asked{day} that their data not be used",
                _ => $"this address is blocked{Since(day)}",
            },
            "complaint" => $"they reported one of your messages as unwanted{day}",
            "minor" => "they are marked as under age, and children get no marketing",
            "hard_bounce" => $"their address does not work: a message came back{day}",
            "opted_out" => OptedOut(reason, day, letter),
            "no_consent" => Missing(reason, zone),
            "no_address" => "they have no address for this kind of message",
            "content" => Content(reason),
            "no_transport" => Fact(reason, "channel") == Channels.Sms ? "no service for text messages is set up yet" : "no mail server is set up yet",
            "frequency" => $"they already got {Fact(reason, "sent")} of at most {Fact(reason, "limit")} messages in {Fact(reason, "days")} days",
            "quiet_hours" => Fact(reason, "why") is null ? "it is not between 9 in the morning and 8 in the evening everywhere they may be" : "they may be in places so far apart that no hour is daytime in all of them",
            "state_frequency" => $"where they may be, nobody gets more than {Fact(reason, "limit")} marketing texts in 24 hours; this one goes{Day(reason, "until", zone)}",
            "registration" => Registration(reason),
            "stop_confirmation" => Fact(reason, "why") switch
            {
                "confirmed" => "they were told already that they will get no more texts",
                "late" => "it was too late to confirm that they will get no more texts: only the first five minutes allow it",
                _ => "they did not ask to get no more texts",
            },
            _ => reason.Rule.Replace('_', ' '),
        };
    }

    /// <summary>A heading for people withheld by the same rule: "Unsubscribed", "No permission on record".</summary>
    public static string Heading(string rule) => rule switch
    {
        "platform_stopped" => "Sending is stopped",
        "ledger_behind_anchor" => "The record of permissions must be checked first",
        "account_suspended" => "This account may not send",
        "account_held" => "Your account is being looked at",
        "warm_up" => "Wait for their day: new accounts send only so many a day",
        "suppressed" => "Blocked or forgotten",
        "complaint" => "Reported a message as unwanted",
        "minor" => "Under age",
        "hard_bounce" => "Address does not work",
        "opted_out" => "Unsubscribed",
        "no_consent" => "No permission on record",
        "no_address" => "No address",
        "content" => "The message lacks something it must have",
        "no_transport" => "No mail server set up",
        "state_frequency" => "Wait a day: their state allows no more texts",
        "registration" => "Your number is not registered",
        "stop_confirmation" => "They asked for no more texts",
        "frequency" => "Heard from you often enough",
        "quiet_hours" => "Night where they are",
        _ => rule.Replace('_', ' '),
    };

    private static string Permission(GateReason reason, TimeZoneInfo? zone)
    {
        var source = Fact(reason, "source") is { } text ? $" ({text})" : "";
        return Fact(reason, "act") == ConsentActs.Granted
            ? $"they gave permission{Day(reason, "at", zone)}{source}"
            : $"you stated that they gave permission{Day(reason, "at", zone)}{source}";
    }

    private static string OptedOut(GateReason reason, string day, string? letter)
    {
        var door = Fact(reason, "how") switch
        {
            ConsentDoors.OneClick or ConsentDoors.UnsubscribePage => letter is null ? " by the link in a message" : $" by the link in {letter}",
            ConsentDoors.PreferencePage => " on the page where they choose what they get",
            ConsentDoors.Staff => ", written down by your team",
            ConsentDoors.Api => ", recorded by another program",
            ConsentDoors.Merge => " at another address of theirs",
            ConsentDoors.Text => " by text message",
            _ => "",
        };
        return Fact(reason, "act") == ConsentActs.Denied ? $"they said no{day}{door}" : $"they unsubscribed{day}{door}";
    }

    private static string Missing(GateReason reason, TimeZoneInfo? zone) => Fact(reason, "why") switch
    {
        "expired" => $"their permission ran out{Day(reason, "expired", zone)}",
        "no_proof" => "nobody wrote down where their permission comes from",
        "refused" => "they said no",
        _ => "there is no permission on record for them",
    };

    private static string Registration(GateReason reason) => Fact(reason, "why") switch
    {
        "no_number" => "your business has no number to send texts from",
        "one_way" => "your number takes no answers, so nobody could end your texts with STOP",
        "brand" => "your business is not registered with the American phone companies, and they carry no texts from it",
        "campaign" => "what you send is not registered with the American phone companies, and they carry no texts of it",
        _ => "the American phone companies have not verified your number, and they carry no texts from it",
    };

    private static string Content(GateReason reason) => Fact(reason, "missing") switch
    {
        "postal_address" => "your business has no postal address yet, and marketing must show one",
        "unsubscribe" => "the message has no way to unsubscribe",
        _ => "your business has no postal address yet, and the message has no way to unsubscribe",
    };

    private static string Day(GateReason reason, string fact, TimeZoneInfo? zone)
    {
        if (!DateTimeOffset.TryParse(Fact(reason, fact), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return "";
        return " on " + TimeZoneInfo.ConvertTime(at, zone ?? TimeZoneInfo.Utc).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
    }

    private static string Count(string? number) => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count.ToString("N0", CultureInfo.InvariantCulture) : "so many";

    private static string Since(string day) => day.Replace(" on ", " since ", StringComparison.Ordinal);

    private static string? Fact(GateReason reason, string name) => reason.Facts.GetValueOrDefault(name);
}
