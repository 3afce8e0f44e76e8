using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Tells a person by mail, and the installation's log, that a way into their account was added, changed or taken away: whoever did it may not be them.</summary>
public sealed class SignInLetters(ISystemMail mail, IAudit audit, Actor actor, TimeProvider clock)
{
    public const string Letter = "sign_in_changed";

    /// <param name="what">One sentence. It leaves with the caller's next <c>SaveChanges</c>.</param>
    public void Say(string what)
    {
        audit.Note("account.change_sign_in", actor.Id);
        Tell(actor.Id!.Value, what);
    }

    /// <summary>The letter alone, to somebody who is not signed in; whoever does it is in the log by that act.</summary>
    public void Tell(Guid user, string what) => mail.Post(new SystemLetter(
        Letter, user, Guid.CreateVersion7(clock.GetUtcNow()), ToOperator: false,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = "/me/security", ["what"] = what }));
}
