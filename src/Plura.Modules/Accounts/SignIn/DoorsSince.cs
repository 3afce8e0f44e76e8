using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Ui;

namespace Plura.Accounts;

/// <summary>What besides the password opened a person's account, in words: what was taken away, and what is as before.</summary>
public sealed record DoorsSaid(IReadOnlyList<string> Gone, IReadOnlyList<string> Stay);

/// <summary>
/// Somebody else was inside. Whatever was added to the person's sign-in since they came may be theirs: it would let them in again after a new
/// password, and an app of theirs would keep the person out.
/// </summary>
public sealed class DoorsSince(PluraDb db, IEnumerable<OtherDoor> others, SignInLetters letters)
{
    /// <summary>Drops all of it, with every known device and the password itself; it commits with the caller's change, and a letter names what is gone.</summary>
    public async Task<DoorsSaid> Drop(User user, DateTimeOffset since, CancellationToken ct)
    {
        user.LosePassword();
        db.RemoveRange(await db.KnownDevices.Where(d => d.UserId == user.Id).ToListAsync(ct));
        var (gone, stay) = (new List<string>(), new List<string>());
        var app = await db.Authenticators.FirstOrDefaultAsync(a => a.UserId == user.Id, ct);
        var codes = await db.RecoveryCodes.Where(c => c.UserId == user.Id).ToListAsync(ct);
        var newer = app is not null && app.CreatedAt >= since ? codes : codes.FindAll(c => c.CreatedAt >= since);
        if (app is not null)
            (app.CreatedAt >= since ? gone : stay).Add("the authenticator app");
        if (app is not null && app.CreatedAt >= since)
            db.Remove(app);
        if (newer.Count > 0)
            gone.Add("the recovery codes");
        db.RemoveRange(newer);
        foreach (var passkey in await db.UserPasskeys.Where(p => p.UserId == user.Id).ToListAsync(ct))
            Part(passkey, passkey.Data.CreatedAt, Named(passkey));
        foreach (var login in await db.UserLogins.Where(l => l.UserId == user.Id).ToListAsync(ct))
            Part(login, login.Since, Named(login));
        if (gone.Count > 0)
            letters.Tell(user.Id, $"Because you said that it was not you, this was taken away: {string.Join(", ", gone)}. It opens nothing any more.");
        return new DoorsSaid(gone, stay);

        void Part(object row, DateTimeOffset made, string name)
        {
            (made >= since ? gone : stay).Add(name);
            if (made >= since)
                db.Remove(row);
        }
    }

    /// <summary>What opens a person's account besides the password, or is asked for with it: a sentence for whoever has just chosen a new one. Empty where there is nothing.</summary>
    public async Task<string> Standing(Guid user, CancellationToken ct)
    {
        List<string> stay = [];
        if (await db.Authenticators.AnyAsync(a => a.UserId == user, ct))
            stay.Add("your authenticator app");
        if (await db.UserPasskeys.CountAsync(p => p.UserId == user, ct) is > 0 and var passkeys)
            stay.Add(Say.Count(passkeys, "passkey", "passkeys"));
        stay.AddRange((await db.UserLogins.AsNoTracking().Where(l => l.UserId == user).ToListAsync(ct)).Select(Named));
        return stay.Count == 0 ? "" : $"Besides, these are as before: {string.Join(", ", stay)}. Look under Sign-in and security whether all of them are yours.";
    }

    private static string Named(UserPasskey passkey) => $"the passkey “{passkey.Data.Name ?? "Passkey"}”";

    private string Named(UserLogin login) => $"signing in with {others.FirstOrDefault(d => d.Scheme == login.LoginProvider)?.Name ?? login.LoginProvider} ({login.ProviderDisplayName})";
}
