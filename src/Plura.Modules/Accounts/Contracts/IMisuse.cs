namespace Plura.Accounts.Contracts;

/// <summary>Takes signals of misuse from the module that sees them. Enough of them hold the account's sending until a person has looked.</summary>
public interface IMisuse
{
    /// <summary>Notes one signal about an account, at most once a day for each code, in a change of its own.</summary>
    /// <param name="account">Whom it is about.</param>
    /// <param name="code">One of <see cref="SignalCodes"/>.</param>
    /// <param name="facts">Counts, and names of settings; never anybody's name or address.</param>
    /// <param name="ct">Stops it.</param>
    Task Raise(Guid account, string code, IReadOnlyDictionary<string, string> facts, CancellationToken ct);
}

/// <summary>Stable words for what points at misuse. A code never changes its meaning.</summary>
public static class SignalCodes
{
    /// <summary>The sign-up came from a mailbox that throws itself away.</summary>
    public const string DisposableDomain = "disposable_domain";

    /// <summary>Many accounts were opened from one network within a day.</summary>
    public const string SignUpsFromNetwork = "signups_network";

    /// <summary>Many accounts were opened by addresses of one domain within a day.</summary>
    public const string SignUpsFromDomain = "signups_domain";

    /// <summary>More invitations were asked for than a day has room for.</summary>
    public const string Invitations = "invitations";

    /// <summary>A young agency opened many accounts within a day.</summary>
    public const string AccountsOfAgency = "accounts_agency";

    /// <summary>From one network, many people's passwords were tried. About the network; locks nobody.</summary>
    public const string Stuffing = "stuffing";

    /// <summary>An owner signed in from such a network soon after.</summary>
    public const string SignInAfterStuffing = "sign_in_after_stuffing";

    /// <summary>A day's mail is many times what the account ever sent on one.</summary>
    public const string SendSpike = "send_spike";

    /// <summary>Too many addresses do not exist.</summary>
    public const string Bounces = "bounces";

    /// <summary>Too many readers reported it as unwanted.</summary>
    public const string Complaints = "complaints";
}

/// <summary>The operator let an account go on that was held or stopped: what waits may go now.</summary>
public sealed record AccountReleased(Guid AccountId) : Platform.IEvent;
