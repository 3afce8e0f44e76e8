using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The kinds of news that the modules tell, and what holds until somebody chooses.</summary>
public sealed class NoticeBook(IEnumerable<NoticeKind> kinds)
{
    private const string Account = "The account";

    public IReadOnlyList<NoticeKind> Kinds { get; } = [.. kinds.OrderBy(k => k.Text, StringComparer.Ordinal)];

    /// <summary>The same by area, that of the account itself last.</summary>
    public IReadOnlyList<(string Area, IReadOnlyList<NoticeKind> Kinds)> Areas { get; } =
        [.. kinds.GroupBy(k => k.Area, StringComparer.Ordinal).OrderBy(a => a.Key == Account).ThenBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, (IReadOnlyList<NoticeKind>)[.. a.OrderBy(k => k.Text, StringComparer.Ordinal)]))];

    /// <summary>Until somebody with this role chooses.</summary>
    public NoticeWays ByItself(string kind, string role)
    {
        var known = Kinds.FirstOrDefault(k => k.Kind == kind);
        return new NoticeWays(InApp: true, ByMail: role == Membership.Owner && known is { MailToOwners: true }, InDigest: false, ByPush: known is { Pushes: true });
    }

    /// <summary>The kinds of which somebody who may do so much is told nothing.</summary>
    public IReadOnlyList<string> Hidden(Func<string, bool> may) => [.. Kinds.Where(k => k.Permission is { } permission && !may(permission)).Select(k => k.Kind)];
}
