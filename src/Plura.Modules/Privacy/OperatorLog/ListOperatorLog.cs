using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;
using Plura.Privacy.Data;

namespace Plura.Privacy;

/// <summary>Who did what outside any account (signing in, at the agencies' and the operator's desks), newest first. Every filter may be left out.</summary>
public sealed record ListOperatorLog
{
    /// <summary>An <see cref="ActGroup"/> by its name.</summary>
    public string? Group { get; set; }

    /// <summary>The person who acted.</summary>
    public Guid? Person { get; set; }

    /// <summary>The account that the acts are about.</summary>
    public Guid? About { get; set; }

    /// <summary>The first and the last day, in the reader's zone.</summary>
    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    public string? Cursor { get; set; }

    [Range(1, 1000, ErrorMessage = "A page has between 1 and 1,000 lines.")]
    public int Limit { get; set; } = 50;

    /// <summary>The query's text in an address.</summary>
    public string Query(string? cursor = null) => new ListActivity { Person = Person, Group = Group, About = About, From = From, To = To }.Query(cursor);

    public static ListOperatorLog Read(string? person, string? group, string? about, string? from, string? to)
    {
        var read = ActivityFilters.Read(person, group, about, from, to);
        return new ListOperatorLog { Person = read.Person, Group = read.Group, About = read.About, From = read.From, To = read.To };
    }
}

public sealed class ListOperatorLogHandler(PluraDb db, ActBook acts, Viewer viewer)
{
    /// <summary>The entries in the shape of an account's, so that the same sentences are made of them.</summary>
    public async Task<Result<Page<AuditEntry>>> Handle(ListOperatorLog command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        var rows = db.OperatorAuditEntries.AsNoTracking();
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
        return new Page<AuditEntry>(
            [.. found.Select(e => AuditEntry.Of(new AuditDraft(e.Id, e.At, e.ActorKind, e.ActorId, e.Act, e.About, e.AboutKind, e.Network, e.SessionId, e.Outcome, e.Facts)))],
            more ? $"{found[^1].At.UtcTicks}-{found[^1].Id:N}" : null);
    }

    private DateTimeOffset Midnight(DateOnly day) => viewer.Zone.MomentOf(day, TimeOnly.MinValue);

    private static (DateTimeOffset At, Guid Id)? Read(string cursor) =>
        cursor.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks && Guid.TryParseExact(id, "N", out var guid)
            ? (new DateTimeOffset(at, TimeSpan.Zero), guid)
            : null;
}
