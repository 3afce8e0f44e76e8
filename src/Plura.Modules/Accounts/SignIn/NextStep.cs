using Microsoft.AspNetCore.Identity;
using Plura.Accounts.Data;

namespace Plura.Accounts;

/// <summary>What follows when a person got the first part right: the code from their app, where they have one, or the session.</summary>
public sealed class NextStep(SecondFactor factor, HalfWay halfWay, SignInManager<User> signIn, Tries tries)
{
    public async Task<SignedInAs> After(User user, CancellationToken ct)
    {
        if (await factor.Has(user.Id, ct))
        {
            // The tries are not forgotten yet: whoever knows the password must not guess codes without end.
            await halfWay.Begin(user);
            return SignedInAs.HalfWay;
        }

        await Inside(user, ct);
        return SignedInAs.Inside;
    }

    /// <summary>The one place that lets people in, by whatever door they came.</summary>
    public async Task Inside(User user, CancellationToken ct)
    {
        await tries.Forget(user.Id, ct);
        await signIn.SignInAsync(user, isPersistent: false);
    }
}
