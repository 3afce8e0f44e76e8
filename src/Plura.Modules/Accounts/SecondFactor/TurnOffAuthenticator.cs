using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Signing in asks for the password only again; the recovery codes go too.</summary>
public sealed record TurnOffAuthenticator;

/// <summary>Ten new recovery codes; the old ones open nothing any more.</summary>
public sealed record MakeRecoveryCodes;

public sealed class TurnOffAuthenticatorHandler(PluraDb db, SignInLetters letters, Actor actor)
{
    public async Task<Result> Handle(TurnOffAuthenticator command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var me = actor.Id!.Value;
        var apps = await db.Authenticators.Where(a => a.UserId == me).ToListAsync(ct);
        if (apps.Count > 0)
            letters.Say("The authenticator app was turned off: signing in asks for the password only.");
        db.Authenticators.RemoveRange(apps);
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == me).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public sealed class MakeRecoveryCodesHandler(PluraDb db, SecondFactor factor, SignInLetters letters, Actor actor)
{
    /// <summary>Answers the new codes: the only time they can be read.</summary>
    public async Task<Result<string[]>> Handle(MakeRecoveryCodes command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (!await factor.Has(actor.Id!.Value, ct))
            return Refusal.Conflict("recovery_codes.no_app", "Recovery codes stand in for an authenticator app. Set up the app first.");
        var codes = await factor.NewCodes(actor.Id.Value, ct);
        letters.Say("New recovery codes were made. The old ones open nothing any more.");
        await db.SaveChangesAsync(ct);
        return codes;
    }
}
