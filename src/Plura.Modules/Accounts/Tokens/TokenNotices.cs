using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What the account's people are told about its tokens: whoever owns it must learn of a key to it that they did not make.</summary>
internal static class TokenNotices
{
    public const string Page = "settings/tokens";
    public const string ByPerson = "token_made";
    public const string ByOperator = "token_by_operator";
    public const string Ending = "token_ending";

    public static readonly NoticeKind[] Kinds =
    [
        new(ByPerson, "Somebody let a program in, or renewed its token", MailToOwners: true),
        new(ByOperator, "Whoever runs this installation made a token", MailToOwners: false),
        new(Ending, "A token of a program ends soon", MailToOwners: true),
    ];

    public static void Made(INotices notices, ApiToken token, Actor actor)
    {
        if (token.MadeBy is null)
            notices.Post(ByOperator, $"Whoever runs this installation made the token “{token.Name}” for this account.", Page);
        else
            notices.Post(ByPerson, $"{actor.Name} let a program in with the new token “{token.Name}”. If nobody should have, revoke it.", Page, "A program was let into your account");
    }

    public static void Rotated(INotices notices, ApiToken token, Actor actor) =>
        notices.Post(ByPerson, $"{actor.Name} renewed the token “{token.Name}”. The one before works for up to seven days more. If nobody should have, revoke it.", Page, "A token was renewed");

    public static void EndsSoon(INotices notices, ApiToken token, int days) =>
        notices.Post(Ending, $"The token “{token.Name}” ends in {(days == 1 ? "a day" : $"{days} days")}. Whoever made it can rotate it and give the program the new one; else it can no longer reach this account.", Page, $"The token “{token.Name}” ends soon");
}
