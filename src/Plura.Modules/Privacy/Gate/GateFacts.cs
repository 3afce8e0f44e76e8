using Plura.Privacy.Contracts;

namespace Plura.Privacy;

/// <summary>What the database knows about one question's address at the moment of deciding.</summary>
public sealed record GateFacts(BlockFact? Block, ConsentFact? Consent, int RecentMarketing)
{
    public static readonly GateFacts None = new(null, null, 0);

    /// <summary>A new account has used up its number of today: in how many days there is room. Null where there is room now, or no limit.</summary>
    public int? DaysUntilRoom { get; init; }

    /// <summary>Marketing texts of the last 24 hours, where the reader's state limits them.</summary>
    public int MarketingInADay { get; init; }

    /// <summary>That texts have ended was confirmed to them a moment ago.</summary>
    public bool StopConfirmed { get; init; }
}

/// <param name="Reason">See <see cref="SuppressionReasons"/>.</param>
public sealed record BlockFact(string Reason, string Detail, DateTimeOffset At);

/// <summary>The statement that counts for the question's topic, and the event in which it was made.</summary>
public sealed record ConsentFact(string Act, string How, DateTimeOffset At, DateTimeOffset? ExpiresAt, string Proof, string Topic, long Seq, string? Source, string? Wording, Guid? SendId)
{
    public bool Refused => Act is ConsentActs.Withdrawn or ConsentActs.Denied;
}

/// <summary>What is the same for every question of one batch.</summary>
public sealed record GateMoment(DateTimeOffset Now, string? PlatformStopped, string? LedgerBehind, FrequencyLimit? Frequency)
{
    /// <summary>The limit of a new account; null where none holds.</summary>
    public WarmUp? WarmUp { get; init; }
}

/// <param name="Messages">How many marketing messages a person may get…</param>
/// <param name="Days">…in so many days.</param>
public sealed record FrequencyLimit(int Messages, int Days);
