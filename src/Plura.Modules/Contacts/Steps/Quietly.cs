using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What only brings back how it was, and what comes by the thousand from a file, begins no automation.</summary>
internal static class Quietly
{
    /// <summary>Until the transaction ends (<c>contacts_automations.sql</c>).</summary>
    public static Task Change(PluraDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"select set_config('plura.quiet', 'on', true)", ct);
}
