using Microsoft.EntityFrameworkCore;
using Plura.Conversations.Data;
using Plura.Platform;

namespace Plura.Conversations;

/// <summary>Deletes a snippet; it can be brought back. What was written with it stays.</summary>
public sealed record DeleteSnippet(Guid Id);

public sealed class DeleteSnippetHandler(PluraDb db, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(DeleteSnippet command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Snippets.SingleOrDefaultAsync(s => s.Id == command.Id && s.DeletedAt == null, ct) is not { } snippet)
            return Snippets.Missing;
        snippet.Delete(clock.GetUtcNow());
        audit.Note("conversations.delete_snippet", snippet.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}

/// <summary>Brings a deleted snippet back.</summary>
public sealed record RestoreSnippet(Guid Id);

public sealed class RestoreSnippetHandler(PluraDb db, IAudit audit)
{
    public async Task<Result> Handle(RestoreSnippet command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.Snippets.SingleOrDefaultAsync(s => s.Id == command.Id, ct) is not { } snippet)
            return Snippets.Missing;
        snippet.Restore();
        audit.Note("conversations.restore_snippet", snippet.Id);
        return await db.SaveUnless(Snippets.Names, Snippets.Exists, ct) is { } refused ? refused : Result.Done;
    }
}
