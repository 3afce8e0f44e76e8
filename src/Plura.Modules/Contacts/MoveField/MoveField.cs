using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Puts a field one place up or down among those it stands with.</summary>
public sealed record MoveField
{
    public Guid Id { get; set; }

    public bool Up { get; set; }
}

public sealed class MoveFieldHandler(PluraDb db)
{
    public async Task<Result> Handle(MoveField command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == command.Id, ct) is not { } field)
            return KeepFieldHandler.Missing;
        var group = (await db.CustomFields.Where(f => f.Entity == field.Entity).ToListAsync(ct)).OrderBy(f => f.Position).ThenBy(f => f.Label, StringComparer.Ordinal).ToList();
        var beside = group.FindAll(f => f.GroupName == field.GroupName && f.RetiredAt == null);
        var at = beside.IndexOf(field);
        var other = command.Up ? beside.ElementAtOrDefault(at - 1) : beside.ElementAtOrDefault(at + 1);
        if (at < 0 || other is null)
            return Result.Done;
        // Positions may be equal in fields that came by an import: each gets its own first.
        foreach (var (position, one) in group.Index())
            one.Stand(position + 1);
        var (mine, theirs) = (field.Position, other.Position);
        field.Stand(theirs);
        other.Stand(mine);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
