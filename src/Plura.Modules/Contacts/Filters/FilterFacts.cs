using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>What a filter is read against: the account's fields and tags, its country and clock.</summary>
public sealed record FilterFacts(string Region, DateTimeZone Zone, DateTimeOffset Now, IReadOnlyDictionary<string, CustomField> Fields, IReadOnlyDictionary<string, Guid> Tags)
{
    /// <summary>Whoever asks; null where nobody does, as in an audience that is worked out later.</summary>
    public Guid? Me { get; init; }

    /// <summary>The account's own fields of companies, by their key.</summary>
    public IReadOnlyDictionary<string, CustomField> CompanyFields { get; init; } = new Dictionary<string, CustomField>(StringComparer.Ordinal);

    /// <summary>What can be asked of what happened, by its word.</summary>
    public IReadOnlyDictionary<string, Activity> Activities { get; init; } = new Dictionary<string, Activity>(StringComparer.Ordinal);

    /// <summary>The day it is where the account is.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.ToInstant().InZone(Zone).ToDateTimeUnspecified());
}

/// <summary>Gathers those facts and turns filters into SQL.</summary>
public sealed class Filters(PluraDb db, IAccountDirectory accounts, IEnumerable<Activity> activities, ColumnCounts columns, Actor actor, TimeProvider clock)
{
    private FilterFacts? facts;

    public async Task<FilterFacts> Facts(CancellationToken ct)
    {
        if (facts is not null)
            return facts;
        var account = await accounts.Account(db.Tenant.Id, ct);
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(account?.TimeZone ?? "UTC") ?? DateTimeZone.Utc;
        var fields = await db.CustomFields.AsNoTracking().Where(f => f.Entity == CustomField.OnContacts || f.Entity == CustomField.OnCompanies).ToListAsync(ct);
        var tags = await db.Tags.AsNoTracking().Select(t => new { t.Id, t.Normal }).ToListAsync(ct);
        return facts = new FilterFacts(
            account?.Country ?? "US", zone, clock.GetUtcNow(),
            Of(CustomField.OnContacts),
            tags.ToDictionary(t => t.Normal, t => t.Id, StringComparer.Ordinal))
        {
            CompanyFields = Of(CustomField.OnCompanies),
            Me = actor.Kind == ActorKind.User ? actor.Id : null,
            Activities = activities.Where(a => a.Permission is null || actor.May(a.Permission)).ToDictionary(a => a.Word, StringComparer.Ordinal),
        };

        Dictionary<string, CustomField> Of(string entity) => fields.Where(f => f.Entity == entity).ToDictionary(f => f.Key, StringComparer.Ordinal);
    }

    /// <summary>A predicate over <c>contacts.contact c</c>; it also names <c>@tenant</c>, which the caller's statement has.</summary>
    /// <param name="filter">The tree.</param>
    /// <param name="prefix">What its parameters are called: <c>@prefix_0 …</c></param>
    /// <param name="first">The number of the first of them, so that one statement can hold several filters.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<FilterSql>> Compile(ContactFilter filter, string prefix, int first, CancellationToken ct)
    {
        var writer = new FilterWriter(await Facts(ct), prefix, first);
        var sql = writer.Write(filter);
        return writer.Refusal is { } refusal ? refusal : new FilterSql(sql, writer.Parameters);
    }

    /// <summary>How many contacts fit: in a large account from columns in memory (ADR 0017), else by PostgreSQL; the answer is the same.</summary>
    public async Task<Result<int>> Count(ContactFilter filter, CancellationToken ct)
    {
        var where = await Compile(filter, "filter", 0, ct);
        if (where.Refusal is { } refusal)
            return refusal;
        return await columns.Count(filter, await Facts(ct), ct) ?? await CountRows(where.Value, ct);
    }

    /// <summary>Who fits a filter that compiles, where they are no more than that and memory is asked; null where PostgreSQL is to look.</summary>
    public async Task<Guid[]?> Few(ContactFilter filter, int most, CancellationToken ct) => await columns.Few(filter, await Facts(ct), most, ct);

    /// <summary>Whether <see cref="Few"/> may spare PostgreSQL a look into every contact.</summary>
    public async Task<bool> Spares(ContactFilter filter, CancellationToken ct) =>
        (await Compile(filter, "filter", 0, ct)).Ok && await columns.Spares(filter, await Facts(ct), ct);

    private async Task<int> CountRows(FilterSql where, CancellationToken ct)
    {
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandText = $"select count(*) from contacts.contact c where c.tenant_id = @tenant and {where.Sql}";
        command.Parameters.AddRange(where.Parameters.ToArray());
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        return (int)(long)(await command.ExecuteScalarAsync(ct))!;
    }
}

public sealed record FilterSql(string Sql, IReadOnlyList<Npgsql.NpgsqlParameter> Parameters);
