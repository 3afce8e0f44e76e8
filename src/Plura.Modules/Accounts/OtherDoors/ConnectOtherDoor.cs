using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>The person who is signed in lets the account that the other door introduced open theirs.</summary>
public sealed record ConnectOtherDoor
{
    public string Scheme { get; set; } = "";
}

/// <summary>The other door opens the person's account no more.</summary>
public sealed record DisconnectOtherDoor
{
    public string Scheme { get; set; } = "";
}

public sealed class ConnectOtherDoorHandler(Introductions introductions, PluraDb db, SignInLetters letters, Actor actor, TimeProvider clock)
{
    public async Task<Result> Handle(ConnectOtherDoor command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await introductions.Current() is not { } person || person.Scheme != command.Scheme)
            return Refusal.Invalid("other_door.gone", "More than a quarter of an hour has passed. Choose the account once more.");
        var me = actor.Id!.Value;
        if (await db.UserLogins.AnyAsync(l => l.LoginProvider == person.Scheme && (l.ProviderKey == person.Key || l.UserId == me), ct))
            return Refusal.Conflict("other_door.taken", "This is connected already, here or with another person.");
        db.UserLogins.Add(new UserLogin { LoginProvider = person.Scheme, ProviderKey = person.Key, ProviderDisplayName = person.Email, UserId = me, Since = clock.GetUtcNow() });
        letters.Say($"Signing in by {person.Scheme} ({person.Email}) was connected.");
        await db.SaveChangesAsync(ct);
        await introductions.Forget();
        return Result.Done;
    }

    public async Task<Result> Handle(DisconnectOtherDoor command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var me = actor.Id!.Value;
        var logins = await db.UserLogins.Where(l => l.UserId == me && l.LoginProvider == command.Scheme).ToListAsync(ct);
        if (logins.Count == 0)
            return Refusal.NotFound("other_door.unknown", "This is not connected any more.");
        db.UserLogins.RemoveRange(logins);
        letters.Say($"Signing in by {command.Scheme} was disconnected.");
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
