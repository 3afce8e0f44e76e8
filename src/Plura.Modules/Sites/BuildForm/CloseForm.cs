using Plura.Platform;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>A closed form takes no answers; those it has stay.</summary>
public sealed record CloseForm(Guid Id, bool Closed);

public sealed class CloseFormHandler(PluraDb db, TimeProvider clock)
{
    public async Task<Result> Handle(CloseForm command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var found = await db.FindForm(command.Id, ct);
        if (found.Refusal is { } unknown)
            return unknown;
        if (command.Closed)
            found.Value.Close(clock.GetUtcNow());
        else
            found.Value.Reopen();
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
