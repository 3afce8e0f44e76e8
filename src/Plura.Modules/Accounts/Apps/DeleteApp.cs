using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>Takes an app away from everybody: all its connections and tokens end at once.</summary>
public sealed record DeleteApp
{
    public Guid Id { get; set; }
}

public sealed class DeleteAppHandler(PluraDb db, CurrentAgency agency, IAudit audit)
{
    public async Task<Result> Handle(DeleteApp command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var mine = agency.Id;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.OAuthApps.FirstOrDefaultAsync(a => a.Id == command.Id && a.AgencyId == mine, ct) is not { } app)
            return AppSecretHandler.Gone;
        await db.AppTokens.Where(t => t.Application!.Id == app.Id).ExecuteDeleteAsync(ct);
        await db.AppConnections.Where(c => c.Application!.Id == app.Id).ExecuteDeleteAsync(ct);
        db.Remove(app);
        audit.Note("agency.delete_app", app.Id);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
