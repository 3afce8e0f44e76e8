using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Signing in asks for the password only again; the recovery codes go too.</summary>
public sealed record TurnOffAuthenticator;

/// <summary>Ten new recovery codes; the old ones open nothing any more.</summary>
public sealed record MakeRecoveryCodes;

public sealed class TurnOffAuthenticatorHandler(PluraDb db, Actor actor)
{
    public async Task<Result> Handle(TurnOffAuthenticator command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var me = actor.Id!.Value;
        db.Authenticators.RemoveRange(await db.Authenticators.Where(a => a.UserId == me).ToListAsync(ct));
        db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == me).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

public sealed class MakeRecoveryCodesHandler(PluraDb db, SecondFactor factor, Actor actor)
{
    /// <summary>Answers the new codes: the only time they can be read.</summary>
    public async Task<Result<string[]>> Handle(MakeRecoveryCodes command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (!await factor.Has(actor.Id!.Value, ct))
            return Refusal.Conflict("recovery_codes.no_app", "Recovery codes stand in for an authenticator app. Set up the app first.");
        var codes = await factor.NewCodes(actor.Id.Value, ct);
        await db.SaveChangesAsync(ct);
        return codes;
    }
}
