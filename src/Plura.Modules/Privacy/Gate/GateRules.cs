using System.Globalization;
using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>
/// One rule: its stable word, its version, the categories it concerns, and its judgement. A changed judgement or number is a new
/// version; stored decisions name the one they were made under.
/// </summary>
public abstract class GateRule(string word, int version, params string[] categories)
{
    private readonly HashSet<string> categories = new(categories.Length > 0 ? categories : GateRules.AllCategories, StringComparer.Ordinal);
    private readonly GateReason allow = new(word, version.ToString(CultureInfo.InvariantCulture), GateDecision.Allow, new Dictionary<string, string>(StringComparer.Ordinal));

    public string Word => word;

    public int Version => version;

    public virtual bool Concerns(GateQuestion question) => categories.Contains(question.Category);

    public abstract GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment);

    /// <summary>Nothing stands in the way, and there is nothing to say about it.</summary>
    protected GateReason Allow() => allow;

    protected GateReason Allow(params (string Name, string? Value)[] facts) => Reason(GateDecision.Allow, facts);

    protected GateReason Deny(params (string Name, string? Value)[] facts) => Reason(GateDecision.Deny, facts);

    protected GateReason Defer(DateTimeOffset until, params (string Name, string? Value)[] facts) => Reason(GateDecision.Defer, [.. facts, ("until", Text(until))]) with { Until = until };

    protected static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private GateReason Reason(string outcome, (string Name, string? Value)[] facts)
    {
        var told = new Dictionary<string, string>(facts.Length, StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                told[name] = value;
        }

        return new GateReason(word, allow.Version, outcome, told);
    }
}

/// <summary>The rules in the order in which they decide. The set has a version of its own: it changes when any rule does.</summary>
public static class GateRules
{
    public const string Version = "5";

    internal static readonly string[] AllCategories = [Categories.Marketing, Categories.Transactional, Categories.Security, Categories.ConsentRequest, Categories.StopConfirmation, Categories.HelpAnswer];

    /// <summary>What a child must not get, not even the question.</summary>
    internal static readonly string[] Promotional = [Categories.Marketing, Categories.ConsentRequest];

    public static readonly IReadOnlyList<GateRule> All =
    [
        new PlatformStopped(),
        new LedgerBehindAnchor(),
        new AccountSuspended(),
        new AccountHeld(),
        new Suppressed(),
        new Complained(),
        new Minor(),
        new HardBounce(),
        new OptedOut(),
        new NoConsent(),
        new NoAddress(),
        new Content(),
        new NoTransport(),
        new Frequency(),
        new WarmUpLimit(),
    ];

    /// <summary>For text messages: the same, and what the law says of them besides.</summary>
    private static readonly IReadOnlyList<GateRule> ForTexts = [.. All, new StopConfirmation(), new Registration(), new QuietHours(), new StateFrequency()];

    public static IReadOnlyList<GateRule> Of(string channel) => channel == Channels.Sms ? ForTexts : All;
}

/// <summary>The operator stopped all sending.</summary>
public sealed class PlatformStopped() : GateRule("platform_stopped", 1)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        moment.PlatformStopped is { } why ? Deny(("why", why)) : Allow();
}

/// <summary>The ledger lacks events that were anchored outside the database: an old backup was restored, so withdrawals may be missing.</summary>
public sealed class LedgerBehindAnchor() : GateRule("ledger_behind_anchor", 1)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        moment.LedgerBehind is { } why ? Deny(("why", why)) : Allow();
}

public sealed class AccountSuspended() : GateRule("account_suspended", 1)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) => question.AccountSuspended ? Deny() : Allow();
}

/// <summary>Signals of misuse hold it until a person of the operator has looked. What is due waits; what must never go is denied all the same.</summary>
public sealed class AccountHeld() : GateRule("account_held", 1)
{
    /// <summary>A release makes everything due at once; this is for the case that its news is lost.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromHours(6);

    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) => question.AccountHeld ? Defer(moment.Now + Again) : Allow();
}

/// <summary>
/// Erased, restricted or blocked: nothing goes there, whatever it is. One exception: who was forgotten and signs up anew gets the one mail
/// that asks whether it was them.
/// </summary>
public sealed class Suppressed() : GateRule("suppressed", 1)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        facts.Block is { Reason: SuppressionReasons.Erased or SuppressionReasons.Restricted or SuppressionReasons.Blocked } block
        && !(block.Reason == SuppressionReasons.Erased && question.Category == Categories.ConsentRequest)
            ? Deny(("reason", block.Reason), ("at", Text(block.At)))
            : Allow();
}

/// <summary>They reported a message as unwanted: no more promotion. What they asked for (a receipt, a sign-in code) still goes.</summary>
public sealed class Complained() : GateRule("complaint", 1, Categories.Marketing)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        facts.Block is { Reason: SuppressionReasons.Complaint } block ? Deny(("at", Text(block.At)), ("detail", block.Detail)) : Allow();
}

/// <summary>No promotion to a child.</summary>
public sealed class Minor() : GateRule("minor", 1, GateRules.Promotional)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) => question.Minor ? Deny() : Allow();
}

/// <summary>The address does not exist: no message can arrive, and trying costs the sender's reputation.</summary>
public sealed class HardBounce() : GateRule("hard_bounce", 1)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        facts.Block is { Reason: SuppressionReasons.HardBounce } block ? Deny(("at", Text(block.At)), ("detail", block.Detail)) : Allow();
}

/// <summary>
/// The person said no, to this topic or to everything. Asking whether a new sign-up was theirs is not marketing: else nobody could come back.
/// By text a no ends everything, whatever it is: only its one confirmation and the answer to HELP still go.
/// </summary>
public sealed class OptedOut() : GateRule("opted_out", 2, Categories.Marketing)
{
    public override bool Concerns(GateQuestion question) =>
        base.Concerns(question) || question is { Channel: Channels.Sms, Category: not (Categories.StopConfirmation or Categories.HelpAnswer) };

    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        facts.Consent is { Refused: true } no
            ? Deny(("act", no.Act), ("how", no.How), ("at", Text(no.At)), ("topic", no.Topic), ("event", no.Seq.ToString(CultureInfo.InvariantCulture)), ("send", no.SendId?.ToString()), ("source", no.Source))
            : Allow();
}

/// <summary>Marketing needs a permission that stands, has not run out, and for which the account can say where it comes from.</summary>
public sealed class NoConsent() : GateRule("no_consent", 1, Categories.Marketing)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) => facts.Consent switch
    {
        null => Deny(("why", "none")),
        { Refused: true } no => Deny(("why", "refused"), ("event", no.Seq.ToString(CultureInfo.InvariantCulture))),
        { ExpiresAt: { } end } old when end <= moment.Now => Deny(("why", "expired"), ("expired", Text(end)), ("event", old.Seq.ToString(CultureInfo.InvariantCulture))),
        { Proof: ProofLevels.None } bare => Deny(("why", "no_proof"), ("at", Text(bare.At)), ("event", bare.Seq.ToString(CultureInfo.InvariantCulture))),
        var yes => Allow(
            ("act", yes.Act), ("how", yes.How), ("at", Text(yes.At)), ("topic", yes.Topic), ("proof", yes.Proof), ("source", yes.Source),
            ("wording", yes.Wording), ("event", yes.Seq.ToString(CultureInfo.InvariantCulture))),
    };
}

public sealed class NoAddress() : GateRule("no_address", 1)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) => question.HasAddress ? Allow() : Deny();
}

/// <summary>What a marketing message owes its reader: the sender's postal address and a way out.</summary>
public sealed class Content() : GateRule("content", 1, Categories.Marketing)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        question.HasPostalAddress && question.HasUnsubscribe
            ? Allow()
            : Deny(("missing", question.HasPostalAddress ? "unsubscribe" : question.HasUnsubscribe ? "postal_address" : "postal_address, unsubscribe"));
}

public sealed class NoTransport() : GateRule("no_transport", 1)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        question.Transport is { } transport ? Allow(("transport", transport)) : Deny(("channel", question.Channel));
}

/// <summary>The account's own limit on how often one person hears from it; off until the account sets one.</summary>
public sealed class Frequency() : GateRule("frequency", 2, Categories.Marketing)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment) =>
        moment.Frequency is not { } limit
            ? Allow()
            : (facts.RecentMarketing < limit.Messages ? Allow(Told(limit, facts)) : Deny(Told(limit, facts)));

    private static (string Name, string? Value)[] Told(FrequencyLimit limit, GateFacts facts) =>
    [
        ("limit", limit.Messages.ToString(CultureInfo.InvariantCulture)),
        ("days", limit.Days.ToString(CultureInfo.InvariantCulture)),
        ("sent", facts.RecentMarketing.ToString(CultureInfo.InvariantCulture)),
    ];
}

/// <summary>A new account begins with small numbers, which grow with each day on which little comes back; see <see cref="Ladder"/>. What finds no room today goes on a later day.</summary>
public sealed class WarmUpLimit() : GateRule("warm_up", 1, Categories.Marketing)
{
    public override GateReason Judge(GateQuestion question, GateFacts facts, GateMoment moment)
    {
        if (moment.WarmUp is not { } limit || question.TriedBefore)
            return Allow();
        var told = ("limit", (string?)limit.Limit.ToString(CultureInfo.InvariantCulture));
        // At the same time of a later day: whoever sends at ten in the morning does not want the rest to arrive at midnight.
        return facts.DaysUntilRoom is { } days ? Defer(moment.Now.AddDays(days), told) : Allow(told);
    }
}
