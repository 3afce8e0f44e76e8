using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Deletes a view of the inbox; it can be brought back. The conversations stay.</summary>
public sealed record DeleteView(Guid Id);

public sealed class DeleteViewHandler(PluraDb db, InboxViews views, Actor actor, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteView command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await views.Seen(actor.Id).SingleOrDefaultAsync(v => v.Id == command.Id, ct) is not { } view)
            return InboxViews.Missing;
        view.Delete(clock.GetUtcNow());
        audit.Note("conversations.delete_view", view.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>Brings a deleted view back.</summary>
public sealed record RestoreView(Guid Id);

public sealed class RestoreViewHandler(PluraDb db, InboxViews views, Actor actor, IAudit audit)
{
    public async Task<Result> Handle(RestoreView command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await views.Seen(actor.Id, deleted: true).SingleOrDefaultAsync(v => v.Id == command.Id, ct) is not { } view)
            return await views.One(command.Id, actor.Id, ct) is null ? InboxViews.Missing : Result.Done;
        view.Restore();
        audit.Note("conversations.restore_view", view.Id);
        return await db.SaveUnless(InboxViews.Names, InboxViews.Exists, ct) is { } refused ? refused : Result.Done;
    }
}
