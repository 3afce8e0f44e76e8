using Npgsql;

namespace Plura.Privacy.Contracts;

/// <summary>
/// The one place that decides whether a message may go. First deny wins, every reason is listed, rules carry versions.
/// The preview before sending and the decision at hand-off run the same rules.
/// </summary>
public interface IGate
{
    /// <summary>
    /// Takes the locks of <see cref="Decide"/> early. Who locks other rows that a withdrawal changes as well does this first: everybody
    /// locks the address before the message.
    /// </summary>
    void Hold(NpgsqlBatch batch, IEnumerable<Guid> addressKeys);

    /// <summary>
    /// Decides and stores one decision per question, inside the connection's open transaction. It first takes a shared lock on each
    /// address that lasts until the transaction ends; a withdrawal takes the same lock alone. So a withdrawal commits either before
    /// this decision reads, or after the intent that stands in the same transaction.
    /// </summary>
    Task<IReadOnlyList<GateDecision>> Decide(NpgsqlConnection connection, IReadOnlyList<GateQuestion> questions, CancellationToken ct);

    /// <summary>
    /// The same rules, without lock and without storing anything, in the order of the questions. Ask for a whole audience at once: a limit
    /// per day counts from the first question to the last. The connection is busy until the last answer is read.
    /// </summary>
    IAsyncEnumerable<GateDecision> Preview(NpgsqlConnection connection, IEnumerable<GateQuestion> questions, CancellationToken ct);

    /// <summary>A stored decision.</summary>
    Task<GateDecision?> Find(Guid decisionId, CancellationToken ct);
}

public sealed record GateQuestion
{
    /// <summary>The row of the send ledger.</summary>
    public required Guid SendId { get; init; }

    public Guid? ContactId { get; init; }

    public required Guid AddressKey { get; init; }

    public required string Channel { get; init; }

    public required string Category { get; init; }

    public string Topic { get; init; } = Topics.All;

    public bool Minor { get; init; }

    /// <summary>True where the account may not send at all.</summary>
    public bool AccountSuspended { get; init; }

    /// <summary>True where a person of the operator must look first: what is due waits.</summary>
    public bool AccountHeld { get; init; }

    /// <summary>True where it was allowed before and could not be handed over: it has had its place in the day's number.</summary>
    public bool TriedBefore { get; init; }

    /// <summary>The transport that will carry it; null where none is configured.</summary>
    public string? Transport { get; init; }

    /// <summary>What a marketing mail owes its reader.</summary>
    public bool HasPostalAddress { get; init; } = true;

    public bool HasUnsubscribe { get; init; } = true;

    /// <summary>The recipient has an address (a contact may have lost it since the plan).</summary>
    public bool HasAddress { get; init; } = true;

    /// <summary>The number that a text leaves from, as its carriers know it; null where the account has none.</summary>
    public SendingNumber? Sender { get; init; }

    /// <summary>The country of the number that a text goes to, ISO 3166 alpha-2; empty where nobody knows.</summary>
    public string Country { get; init; } = "";

    /// <summary>The IANA zones in which the reader of a text may be, in order, with a blank between; empty where nobody knows.</summary>
    public string Zones { get; init; } = "";

    /// <summary>The parts of a country with hours of their own in which the reader may be: <c>US-FL US-TX</c>.</summary>
    public string Regions { get; init; } = "";
}

/// <summary>How the carriers know a sending number. Compared by value.</summary>
/// <param name="Kind"><c>long_code</c>, <c>toll_free</c>, <c>short_code</c>, or <c>development</c>, which reaches nobody.</param>
/// <param name="Brand">The brand behind a long code: <c>pending</c>, <c>in_review</c>, <c>approved</c>, <c>failed</c>, <c>suspended</c>; empty for none.</param>
/// <param name="Campaign">The campaign that it is linked to: <c>pending</c>, <c>verified</c>, <c>failed</c>, <c>suspended</c>; empty for none.</param>
/// <param name="Verification">A toll-free number's or a short code's own: <c>pending</c>, <c>verified</c>, <c>failed</c>, <c>suspended</c>; empty for none.</param>
public sealed record SendingNumber(string Kind, string Brand, string Campaign, string Verification)
{
    /// <summary>What is answered to it does not reach us.</summary>
    public bool OneWay { get; init; }
}

/// <param name="Outcome"><c>allow</c>, <c>deny</c> or <c>defer</c>.</param>
public sealed record GateDecision(Guid Id, Guid SendId, string Outcome, DateTimeOffset At, DateTimeOffset? DeferUntil, IReadOnlyList<GateReason> Reasons)
{
    public const string Allow = "allow";
    public const string Deny = "deny";
    public const string Defer = "defer";

    /// <summary>The rule that decided: the first that denied; where none did, the first that deferred.</summary>
    public GateReason? Decisive => Outcome == Allow ? null : Reasons.FirstOrDefault(r => r.Outcome == Outcome);
}

/// <param name="Rule">A stable word: <c>suppressed</c>, <c>opted_out</c>, <c>no_consent</c>, <c>minor</c>, <c>hard_bounce</c>, <c>no_transport</c> …</param>
/// <param name="Version">The rule's version, a whole number as text.</param>
/// <param name="Outcome">What this rule alone said: <c>allow</c>, <c>deny</c> or <c>defer</c>.</param>
/// <param name="Facts">What it looked at, in plain words and without addresses.</param>
public sealed record GateReason(string Rule, string Version, string Outcome, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>When to ask again, where it deferred. The decision keeps it; here it is for the one who decides.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? Until { get; init; }
}
