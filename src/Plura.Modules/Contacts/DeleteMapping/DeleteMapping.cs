using Microsoft.EntityFrameworkCore;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>No longer keeps where the columns of such a file go; what was imported by it stays.</summary>
public sealed record DeleteMapping(Guid Id);

public sealed class DeleteMappingHandler(PluraDb db, IAudit audit)
{
    public async Task<Result> Handle(DeleteMapping command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (await db.KeptMappings.SingleOrDefaultAsync(m => m.Id == command.Id, ct) is not { } kept)
            return KeptMappings.Missing;
        db.KeptMappings.Remove(kept);
        audit.Note("contacts.delete_mapping", kept.Id);
        await db.SaveChangesAsync(ct);
        return Result.Done;
    }
}
