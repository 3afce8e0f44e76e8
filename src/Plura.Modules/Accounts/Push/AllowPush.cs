using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person turns notifications on in the browser that they use; its subscription comes with it.</summary>
public sealed record AllowPush
{
    /// <summary>The address that the browser got from its push service.</summary>
    [Required(ErrorMessage = "This browser gave no address for notifications. Try again."), StringLength(1_000)]
    public string Endpoint { get; set; } = "";

    /// <summary>The browser's public key, base64url.</summary>
    [Required, StringLength(200)]
    public string Key { get; set; } = "";

    /// <summary>The secret that it shares with whoever may send, base64url.</summary>
    [Required, StringLength(100)]
    public string Secret { get; set; } = "";
}

public sealed class AllowPushHandler(PluraDb db, Actor actor, OpenSessions sessions, PushDevices devices, IPushTransport transport, TimeProvider clock)
{
    /// <summary>Nobody has more; without an end somebody could have us call a thousand addresses at once.</summary>
    private const int Most = 20;

    public async Task<Result<Guid>> Handle(AllowPush command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (transport.PublicKey is null || !Uri.TryCreate(command.Endpoint, UriKind.Absolute, out var address) || !transport.Takes(address))
            return Refusal.Invalid("push.address", "Notifications cannot be sent to this browser.", nameof(command.Endpoint));
        if (Read(command.Key) is not [4, ..] key || key.Length != 65 || Read(command.Secret) is not { Length: 16 } secret)
            return Refusal.Invalid("push.keys", "This browser did not say how to encrypt notifications for it. Try again.", nameof(command.Key));
        var (user, current) = (actor.Id!.Value, sessions.Current);
        if (await db.Sessions.FirstOrDefaultAsync(s => s.Id == current && s.UserId == user, ct) is not { } session)
            return Refusal.Conflict("push.session", "Sign in first.");
        if (await db.Users.AnyAsync(u => u.Id == user && u.Email == DemoAccount.OwnerEmail, ct))
            return Refusal.Conflict("push.demo", "Everybody who looks at the demo shares one sign-in, so nothing of it is pushed to anybody’s device.");

        var hash = devices.HashOf(command.Endpoint);
        var known = await db.PushSubscriptions.FirstOrDefaultAsync(p => p.AddressHash == hash, ct);
        var subscription = new PushAddress(command.Endpoint, key, secret);
        if (known is not null && known.UserId == user)
        {
            known.Renew(session, devices.Seal(known.Id, subscription));
            await db.SaveChangesAsync(ct);
            return known.Id;
        }

        if (await db.PushSubscriptions.CountAsync(p => p.UserId == user, ct) >= Most)
            return Refusal.Limit("push.limit", $"You get notifications on {Most} devices already. Turn one of them off first.");
        // Somebody else had it before: the browser is in other hands now.
        if (known is not null)
        {
            db.PushSubscriptions.Remove(known);
            await db.SaveChangesAsync(ct);
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        db.PushSubscriptions.Add(PushSubscription.Of(id, session, hash, devices.Seal(id, subscription), clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        return id;
    }

    private static byte[]? Read(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
