using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>A form carries the id of what it makes: of two presses of its button the second finds what the first made.</summary>
internal static class Once
{
    /// <summary>Two at the same time take turns until the transaction is over.</summary>
    public static Task Hold(PluraDb db, Guid id, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({id.ToString()}, 3))", ct);
}
