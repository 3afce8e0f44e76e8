using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Somebody comes back from another door. A connected person goes in (with the code of their app, where they have one); whoever has an account
/// under that address connects it first, signed in by their password, so that a mailbox alone takes nothing over; a stranger signs up.
/// </summary>
public sealed record EnterByIntroduction;

/// <summary>Where that leads.</summary>
public enum Welcome
{
    Failed,
    Inside,
    HalfWay,
    Unconfirmed,
    Known,
    Stranger,
}

public sealed class EnterByIntroductionHandler(Introductions introductions, UserManager<User> users, NextStep next, PluraDb db, IAudit audit)
{
    public async Task<Result<Welcome>> Handle(EnterByIntroduction command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await introductions.Current() is not { } person)
            return Welcome.Failed;
        var login = await db.UserLogins.AsNoTracking().FirstOrDefaultAsync(l => l.LoginProvider == person.Scheme && l.ProviderKey == person.Key, ct);
        if (login is null)
            return person is { EmailVerified: true, Email: { } email } && await users.FindByEmailAsync(email) is not null ? Welcome.Known : Welcome.Stranger;
        await introductions.Forget();
        if (await users.FindByIdAsync(login.UserId.ToString()) is not { EmailConfirmed: true } user)
        {
            audit.Note("account.sign_in_unconfirmed", login.UserId);
            await db.SaveChangesAsync(ct);
            return Welcome.Unconfirmed;
        }

        return await next.After(user, stay: false, ct) == SignedInAs.HalfWay ? Welcome.HalfWay : Welcome.Inside;
    }
}
