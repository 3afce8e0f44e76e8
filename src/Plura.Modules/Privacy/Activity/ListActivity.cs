using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>Who did what in the account, newest first. Every filter may be left out.</summary>
public sealed record ListActivity
{
    /// <summary>A person's or a token's id.</summary>
    public Guid? Person { get; set; }

    /// <summary>An <see cref="ActGroup"/> by its name.</summary>
    public string? Group { get; set; }

    /// <summary>The thing that the acts are about.</summary>
    public Guid? About { get; set; }

    /// <summary>The first and the last day, in the account's zone.</summary>
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? Cursor { get; set; }

    [Range(1, 1000, ErrorMessage = "A page has between 1 and 1,000 lines.")]
    public int Limit { get; set; } = 50;

    /// <summary>The query's text in an address, without a cursor.</summary>
    public string Query(string? cursor = null)
    {
        var parts = new (string Name, string? Value)[]
        {
            ("person", Person?.ToString()), ("group", Group), ("about", About?.ToString()), ("from", From?.ToString("O", CultureInfo.InvariantCulture)),
            ("to", To?.ToString("O", CultureInfo.InvariantCulture)), ("cursor", cursor),
        };
        return string.Join('&', parts.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")) is { Length: > 0 } text ? "?" + text : "";
    }
}

public sealed class ListActivityHandler(PluraDb db, ActBook acts, Viewer viewer)
{
    public async Task<Result<Page<AuditEntry>>> Handle(ListActivity command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var rows = db.AuditEntries.AsNoTracking().Where(e => e.TenantId == db.Tenant.Id);
        if (command.Person is { } person)
            rows = rows.Where(e => e.ActorId == person);
        if (command.About is { } about)
            rows = rows.Where(e => e.About == about);
        if (command.Group is { } name)
        {
            if (!Enum.TryParse<ActGroup>(name, ignoreCase: true, out var group))
                return Refusal.Invalid("activity.group", "There is no such filter.", nameof(command.Group));
            var inGroup = acts.In(group);
            rows = rows.Where(e => inGroup.Contains(e.Act));
        }

        if (command.From is { } from)
        {
            var start = Midnight(from);
            rows = rows.Where(e => e.At >= start);
        }

        if (command.To is { } to)
        {
            var end = Midnight(to.AddDays(1));
            rows = rows.Where(e => e.At < end);
        }

        if (command.Cursor is { } cursor)
        {
            if (Read(cursor) is not var (at, id))
                return Refusal.Invalid("cursor", "This page of the list is not known. Begin at the first.", nameof(command.Cursor));
            rows = rows.Where(e => EF.Functions.LessThan(ValueTuple.Create(e.At, e.Id), ValueTuple.Create(at, id)));
        }

        var found = await rows.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(command.Limit + 1).ToListAsync(ct);
        var more = found.Count > command.Limit;
        if (more)
            found.RemoveAt(command.Limit);
        return new Page<AuditEntry>(found, more ? $"{found[^1].At.UtcTicks}-{found[^1].Id:N}" : null);
    }

    /// <summary>Every person and program that ever acted in the account: one look into the index for each, however long the log is.</summary>
    public Task<List<Guid>> Actors(CancellationToken ct) => db.Database.SqlQuery<Guid>($"""
        with recursive actor as (
            (select e.actor_id from privacy.audit_entry e where e.tenant_id = {db.Tenant.Id} and e.actor_id is not null order by e.actor_id limit 1)
            union all
            select (select e.actor_id from privacy.audit_entry e where e.tenant_id = {db.Tenant.Id} and e.actor_id > a.actor_id order by e.actor_id limit 1)
            from actor a where a.actor_id is not null)
        select actor_id as "Value" from actor where actor_id is not null limit 200
        """).ToListAsync(ct);

    private DateTimeOffset Midnight(DateOnly day) => viewer.Zone.MomentOf(day, TimeOnly.MinValue);

    private static (DateTimeOffset At, Guid Id)? Read(string cursor) =>
        cursor.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks && Guid.TryParseExact(id, "N", out var guid)
            ? (new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;
}
