using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>A person turns notifications off on one of their devices, from wherever they are.</summary>
public sealed record EndPush
{
    public Guid Id { get; set; }
}

public sealed class EndPushHandler(PluraDb db, Actor actor)
{
    public async Task<Result> Handle(EndPush command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var user = actor.Id!.Value;
        if (await db.PushSubscriptions.SingleOrDefaultAsync(p => p.Id == command.Id && p.UserId == user, ct) is not { } device)
            return Refusal.NotFound("push.unknown", "Notifications are off there already.");
        db.PushSubscriptions.Remove(device);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
