namespace Plura.Messaging;

/// <summary>The life of a send. Stored as text: planned → claimed → intended → one of the ends.</summary>
public static class SendStates
{
    public const string Planned = "planned";

    /// <summary>A node has taken it into memory; freed at once when the node dies.</summary>
    public const string Claimed = "claimed";

    /// <summary>Allowed, and its hand-over may have begun. When the node dies now, nobody knows whether it went: <see cref="Unknown"/>.</summary>
    public const string Intended = "intended";

    public const string Accepted = "accepted";

    /// <summary>Waits for its next try: the receiver or the gate said "later".</summary>
    public const string Deferred = "deferred";

    public const string Bounced = "bounced";
    public const string Withheld = "withheld";

    /// <summary>A person decides: send again, or leave it.</summary>
    public const string Unknown = "unknown";

    public const string Cancelled = "cancelled";

    /// <summary>A person looked at an unknown one and left it.</summary>
    public const string Skipped = "skipped";

    /// <summary>The states in which a send still moves.</summary>
    public static readonly string[] Moving = [Planned, Deferred, Claimed, Intended];

    public static readonly string[] All = [Planned, Claimed, Intended, Accepted, Deferred, Bounced, Withheld, Unknown, Cancelled, Skipped];
}

/// <summary>The life of a dispatch: everything one origin sends.</summary>
public static class DispatchStates
{
    public const string Open = "open";
    public const string Paused = "paused";
    public const string Cancelled = "cancelled";
    public const string Finished = "finished";
}
