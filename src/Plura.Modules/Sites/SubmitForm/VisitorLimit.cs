using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Sites;

/// <summary>At most so many answers of one visitor to one form within ten minutes, counted in the database for all nodes.</summary>
public sealed class VisitorLimit(PluraDb db, KeyFiles keys, TimeProvider clock)
{
    private const int Most = 10;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public async Task<Refusal?> Exceeded(string scope, IPAddress? address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var start = new DateTimeOffset(now.Ticks - (now.Ticks % Window.Ticks), TimeSpan.Zero);
        var visitor = Visitor(address);
        var count = (await db.Database.SqlQuery<int>($"""
            insert into sites.rate_window (scope, visitor, start, count) values ({scope}, {visitor}, {start}, 1)
            on conflict (scope, visitor, start) do update set count = rate_window.count + 1
            returning count as "Value"
            """).ToListAsync(ct))[0];
        if (count == 1)
        {
            var yesterday = now.AddDays(-1);
            await db.Database.ExecuteSqlAsync($"delete from sites.rate_window where start < {yesterday}", ct);
        }

        return count > Most
            ? Refusal.Limit("form.too_many", "Many answers came from your connection in a short time. Nothing you wrote is lost: please try again in ten minutes.")
            : null;
    }

    private Guid Visitor(IPAddress? address) =>
        new(HMACSHA256.HashData(keys.Derive("pepper", "visitor"), address is null ? [] : Networks.Cut(address).GetAddressBytes())[..16]);
}
