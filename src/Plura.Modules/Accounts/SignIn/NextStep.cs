using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What follows when a person got the first part right: the code from their app, where they have one, or the session.</summary>
public sealed class NextStep(SecondFactor factor, HalfWay halfWay, SignInManager<User> signIn, Tries tries, WatchSignIns watch, PluraDb db, IAudit audit, TimeProvider clock)
{
    public async Task<SignedInAs> After(User user, bool stay, CancellationToken ct)
    {
        if (await factor.Has(user.Id, ct))
        {
            // The tries are not forgotten yet: whoever knows the password must not guess codes without end.
            await halfWay.Begin(user, stay);
            // On record by itself: that somebody knows the password is what the person must be able to find when no code follows.
            audit.Note("account.ask_code", user.Id);
            await db.SaveChangesAsync(ct);
            return SignedInAs.HalfWay;
        }

        await Inside(user, stay, ProvenBy.Password, ct);
        return SignedInAs.Inside;
    }

    /// <summary>The one place that lets people in, by whatever door they came.</summary>
    /// <param name="user">Who.</param>
    /// <param name="stay">Thirty days on this device, however long nobody clicks.</param>
    /// <param name="by">What they showed last: a code or a passkey counts for more than a password, or another provider's word.</param>
    /// <param name="ct">Ends with the request.</param>
    public async Task Inside(User user, bool stay, ProvenBy by, CancellationToken ct)
    {
        audit.Note("account.sign_in", user.Id);
        await watch.Entered(user.Id, ct);
        await db.SaveChangesAsync(ct);
        await tries.Forget(user.Id, ct);
        var session = new AuthenticationProperties { IsPersistent = stay };
        Proof.Note(session, by, clock.GetUtcNow());
        await signIn.SignInAsync(user, session);
    }
}
