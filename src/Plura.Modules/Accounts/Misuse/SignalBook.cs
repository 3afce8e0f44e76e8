using Plura.Accounts.Contracts;

namespace Plura.Accounts;

/// <summary>A kind of signal: how heavily it weighs, and its words for the operator and for the account's people.</summary>
/// <param name="Code">See <see cref="SignalCodes"/>.</param>
/// <param name="Weight">Together with the others of the last week; see <see cref="SignalBook.HoldAt"/>.</param>
/// <param name="Text">At the operator's desk.</param>
/// <param name="Because">For the account's people, after "because".</param>
public sealed record SignalKind(string Code, int Weight, string Text, string Because);

/// <summary>
/// Every signal, with the numbers at which it fires. Weights are chosen so that one alone holds nobody, but for complaints: readers who say
/// that they do not want the mail are the surest sign there is.
/// </summary>
public static class SignalBook
{
    /// <summary>The version of these numbers; a changed number is a new version, and stored signals keep the weight they had.</summary>
    public const string Version = "2";

    /// <summary>The weights of one week, each code counted once, from which sending is held.</summary>
    public const int HoldAt = 60;

    public static readonly TimeSpan Counts = TimeSpan.FromDays(7);

    /// <summary>The same thing is not said twice within this time.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <summary>The fourth sign-up from one network within a day.</summary>
    public const int SignUpsPerNetwork = 4;

    /// <summary>The sixth sign-up by addresses of one domain within a day.</summary>
    public const int SignUpsPerDomain = 6;

    /// <summary>The fourth account that a young agency opened within a day.</summary>
    public const int AccountsPerAgency = 4;

    /// <summary>Passwords of ten people tried from one network within an hour.</summary>
    public const int PeopleTried = 10;

    public static readonly IReadOnlyList<SignalKind> All =
    [
        new(SignalCodes.DisposableDomain, 40, "Signed up by a throw-away address", "the address it was opened by belongs to a service for throw-away mailboxes"),
        new(SignalCodes.SignUpsFromNetwork, 30, "Many sign-ups from one network within a day", "several accounts were opened from your network within one day"),
        new(SignalCodes.SignUpsFromDomain, 20, "Many sign-ups by addresses of one domain within a day", "several accounts were opened by addresses of your domain within one day"),
        new(SignalCodes.AccountsOfAgency, 30, "A young agency opened many accounts within a day", "your agency is new and opened several accounts within one day"),
        new(SignalCodes.Invitations, 20, "More invitations than a day has room for", "far more people were to be invited than in other accounts"),
        new(SignalCodes.Stuffing, 0, "Passwords of many people tried from one network", "the passwords of many people were tried from one network"),
        new(SignalCodes.SignInAfterStuffing, 40, "An owner signed in from a network that had tried many people’s passwords", "somebody signed in as an owner from a network that had just tried the passwords of many people"),
        new(SignalCodes.SendSpike, 30, "Far more mail than on any day before", "far more mail is going out than on any day before"),
        new(SignalCodes.Bounces, 40, "Many addresses do not exist", "many of the addresses you wrote to do not exist"),
        new(SignalCodes.Complaints, 60, "Readers report the mail as unwanted", "several readers reported your mail as unwanted"),
    ];

    public static SignalKind Of(string code) => All.FirstOrDefault(k => k.Code == code) ?? new SignalKind(code, 0, code.Replace('_', ' '), code.Replace('_', ' '));

    /// <summary>"We hold your messages, because … and because …": what the account's people read.</summary>
    public static string Sentence(IEnumerable<string> codes) =>
        "Your messages wait, because " + string.Join(", and because ", codes.Select(c => Of(c).Because)) + ". A person looks at it; nothing is lost, and everything else works as before.";
}
