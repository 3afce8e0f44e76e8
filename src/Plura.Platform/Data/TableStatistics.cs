using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Plura.Platform;

/// <summary>What PostgreSQL believes about the sizes of tables, made true at once after a large write.</summary>
public static class TableStatistics
{
    public static async Task CommitLargeWrite(this PluraDb db, IDbContextTransaction transaction, CancellationToken ct)
    {
        // Else the count of what changed is published up to a second after the commit.
        await db.Database.ExecuteSqlAsync($"select pg_stat_force_next_flush()", ct);
        await transaction.CommitAsync(ct);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.ExecuteSqlAsync($"select platform.refresh_statistics()", ct);
    }
}
