using System.Globalization;
using System.Text.RegularExpressions;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>States, rules and events in plain sentences. The words of the ledger stay in the API; people read these.</summary>
public static partial class SendWords
{
    /// <summary>What a list of recipients can be filtered by: where a message stands, and what its reader did.</summary>
    public static readonly IReadOnlyList<string> States = ["planned", "accepted", "deferred", "bounced", "withheld", "unknown", "cancelled", "skipped", "opened", "clicked", "unsubscribed"];

    /// <summary>What became of one message: "Not sent: they unsubscribed".</summary>
    public static string Outcome(string state, string? reason) => (state, reason) switch
    {
        ("withheld", { } rule) => $"Not sent: {Because(rule)}",
        ("withheld", null) => "Not sent",
        ("bounced", "not_written") => "Not sent: the letter could not be written for this person",
        ("bounced", { } bounce) => $"Came back: {Plain(bounce)}",
        ("bounced", null) => "Came back: the address takes no mail",
        ("deferred", { } why) => $"Put off: {Plain(why)}",
        ("deferred", null) => "Put off: the receiving server asked us to try later",
        ("accepted" or "delivered", _) => "Delivered",
        ("planned" or "claimed", _) => "Waiting for its turn",
        ("intended", _) => "Being handed to the mail server",
        ("unknown", "stopped_midway") => "Unclear: the program stopped while it was on its way",
        ("unknown", _) => "Unclear: the connection broke before the mail server answered",
        ("cancelled", _) => "Not sent: the campaign was cancelled first",
        ("skipped", _) => "Left as it was: you chose not to send it again",
        (_, { } other) => $"{Sentence(state)}: {Plain(other)}",
        _ => Sentence(state),
    };

    /// <summary>Why, in few words, where only the rule is known and not its facts; the whole sentence stands on the why page.</summary>
    public static string Because(string rule) => rule switch
    {
        "suppressed" => "the address is blocked, or they asked to be forgotten",
        "account_held" => "somebody who runs this installation looks at your account first",
        "warm_up" => "new accounts send only so many a day at first; it goes by itself on a later day",
        "opted_out" => "they unsubscribed",
        "no_consent" => "there is no permission on record for them",
        "minor" => "they are marked as under age",
        "hard_bounce" => "their address does not work",
        "complaint" => "they reported a message as unwanted",
        "frequency" => "they heard from you often enough",
        "content" => "the message lacks something it must have",
        "refused" => "the receiving server did not want it",
        "gave_up" => "the receiving server asked us to try later for three days",
        "not_written" => "the letter could not be written for this person",
        "receiver_busy" => "the receiving server asked us to try later",
        "number_busy" or "number_queue" => "your number sends only so many texts a minute, and this one has its turn",
        "number_warm_up" => "your number is new, and its texts of today were used up",
        "connection_lost" => "the connection broke before the mail server answered",
        "stopped_midway" => "the program stopped while it was on its way",
        _ => Lower(GateWords.Heading(rule)),
    };

    /// <summary>A reason as a heading over those it concerns: a rule of the gate, or what a mail server said.</summary>
    public static string Heading(string reason) => reason switch
    {
        "refused" => "Refused by the receiving server",
        "gave_up" => "Put off for three days, then given up",
        "not_written" => "Letter could not be written",
        "receiver_busy" => "Receiving server busy",
        "number_busy" or "number_queue" => "Wait for their turn: your number sends only so many a minute",
        "number_warm_up" => "Wait for a day: your number is new",
        "connection_lost" => "Connection broke",
        "stopped_midway" => "Program stopped midway",
        _ => GateWords.Heading(reason),
    };

    /// <summary>What a rule asks, for the list of every rule on the why page.</summary>
    public static string Question(string rule) => rule switch
    {
        "platform_stopped" => "Is sending running at all?",
        "ledger_behind_anchor" => "Is the record of permissions complete?",
        "account_suspended" => "May this account send?",
        "account_held" => "Does your account wait for a look by whoever runs this installation?",
        "warm_up" => "Is there room in today’s number of a new account?",
        "suppressed" => "Is the address blocked, or did they ask to be forgotten?",
        "complaint" => "Did they report a message as unwanted?",
        "minor" => "Are they marked as under age?",
        "hard_bounce" => "Does the address work?",
        "opted_out" => "Did they unsubscribe?",
        "no_consent" => "Did they give permission?",
        "no_address" => "Do they have an address?",
        "content" => "Does the letter show your postal address and a way out?",
        "no_transport" => "Is a mail server set up?",
        "frequency" => "Did they hear from you often enough?",
        "quiet_hours" => "Is it a decent hour where they are?",
        _ => Sentence(rule),
    };

    /// <summary>What happened to a message, in its story.</summary>
    public static string Happened(SendEvent e) => e.Kind switch
    {
        "planned" => "Put on the list to be sent",
        "decided" => "Checked against every rule",
        "handed_off" or "intended" => "Handed to the mail server",
        "accepted" or "delivered" => "The mail server took it",
        "deferred" => "The mail server asked us to try later",
        "bounced" => "Came back",
        "opened" => e.Robot is null ? "Opened" : "Opened by a machine",
        "clicked" => e.Robot is null ? "A link was clicked" : "A link was followed by a machine",
        "unsubscribed" => "Unsubscribed by the link in this letter",
        "complained" => "They pressed Spam in their mail program",
        "delayed" => "A mail server on the way is still trying to deliver it",
        "unknown" => "The connection broke before the mail server answered",
        "withheld" => "Not sent",
        "cancelled" => "Not sent: the campaign was cancelled",
        "resent" or "resend" => "You chose to send it again",
        "skipped" => "You chose not to send it again",
        _ => Sentence(e.Kind),
    };

    /// <summary>A subject as a person reads it: its merge fields by their fallback words, or dots.</summary>
    public static string Subject(string subject) => Fields().Replace(subject, field => field.Groups["words"].Success ? field.Groups["words"].Value : "…");

    /// <summary>What a rule looked at: times as times, words as words.</summary>
    public static string Fact(string fact, TimeZoneInfo zone) =>
        DateTimeOffset.TryParseExact(fact, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Ui.Say.Moment(at, zone)
        : fact.All(c => char.IsAsciiLetterLower(c) || c == '_') ? Sentence(fact)
        : fact;

    /// <summary>A happening's detail; a bare rule word becomes its reason.</summary>
    public static string Detail(string detail) => detail.All(c => char.IsAsciiLetterLower(c) || c == '_') ? Sentence(Because(detail)) : detail;

    /// <summary>"Consent source" from <c>consent_source</c>.</summary>
    public static string Sentence(string word)
    {
        var text = word.Replace('_', ' ');
        return text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
    }

    [GeneratedRegex("\\{\\{[^}]*?(default:\\s*[\"'](?<words>[^\"']*)[\"'][^}]*)?\\}\\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Fields();

    private static string Plain(string reason) => reason.Contains(' ', StringComparison.Ordinal) ? reason : Because(reason);

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLower(text[0], CultureInfo.InvariantCulture) + text[1..];
}
