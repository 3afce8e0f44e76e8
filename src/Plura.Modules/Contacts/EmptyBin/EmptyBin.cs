using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>
/// Once an hour: who was in the bin for 60 days is gone for good, with their notes, tasks, files and story; so is a company, with its story and the files in its fields; and what
/// could be put back of a merge is forgotten. What people said about permission stays known by key, so that it outlives them.
/// </summary>
public sealed class EmptyBin(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EmptyBin> logger) : HourlyWorker(clock, logger)
{
    /// <summary>How many go in one transaction.</summary>
    public const int BatchSize = 500;

    /// <summary>Answers how many contacts and companies ended.</summary>
    public async Task<int> Empty(CancellationToken ct)
    {
        var until = Clock.GetUtcNow() - BinTime.After;
        List<Guid> accounts;
        await using (var scope = scopes.CreateAsyncScope())
            accounts = await scope.ServiceProvider.GetRequiredService<PluraDb>().Database.SqlQuery<Guid>($"""select account as "Value" from contacts.accounts_with_old({until})""").ToListAsync(ct);
        var ended = 0;
        foreach (var account in accounts)
        {
            for (var batch = BatchSize; batch == BatchSize; ended += batch)
                batch = await In(account, (services, db) => EndContacts(services, db, until, ct), ct);
            for (var batch = BatchSize; batch == BatchSize; ended += batch)
                batch = await In(account, (services, db) => EndCompanies(services, db, until, ct), ct);
        }

        return ended;
    }

    protected override async Task<long> Round(CancellationToken ct) => await Empty(ct);

    private async Task<int> In(Guid account, Func<IServiceProvider, PluraDb, Task<int>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<Tenant>().Enter(account);
        services.GetRequiredService<Actor>().BecomeSystem("Bin");
        var db = services.GetRequiredService<PluraDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await work(services, db);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return ended;
    }

    private static async Task<int> EndContacts(IServiceProvider services, PluraDb db, DateTimeOffset until, CancellationToken ct)
    {
        var account = db.Tenant.Id;
        // Two nodes look at the same hour, and somebody may bring one back at this moment: whoever holds the row goes first.
        var due = await db.Bin.FromSql($"select * from contacts.bin where tenant_id = {account} and deleted_at <= {until} order by deleted_at limit {BatchSize} for update skip locked").ToListAsync(ct);
        var ids = due.ConvertAll(b => b.Id);
        var store = services.GetRequiredService<StoredFiles>();
        // First the bytes: a round that is broken off here finds the rows again.
        foreach (var file in await db.Attachments.AsNoTracking().Where(a => ids.Contains(a.ContactId)).Select(a => a.StoredAs).ToListAsync(ct))
            store.Remove(file);
        await db.Attachments.Where(a => ids.Contains(a.ContactId)).ExecuteDeleteAsync(ct);
        await services.GetRequiredService<FieldFiles>().End(ids, ct);
        await db.NoteVersions.Where(n => ids.Contains(n.ContactId)).ExecuteDeleteAsync(ct);
        await db.Notes.Where(n => ids.Contains(n.ContactId)).ExecuteDeleteAsync(ct);
        await db.Tasks.Where(t => t.ContactId != null && ids.Contains(t.ContactId.Value)).ExecuteDeleteAsync(ct);
        await db.ContactChanges.Where(c => ids.Contains(c.ContactId)).ExecuteDeleteAsync(ct);
        await db.NotSame.Where(n => ids.Contains(n.FirstId) || ids.Contains(n.SecondId)).ExecuteDeleteAsync(ct);
        // Whoever became one of them wrote under a key of their own.
        var joined = await db.MergedContacts.Where(m => ids.Contains(m.WinnerId) && m.UndoneAt == null).Select(m => m.LoserId).ToListAsync(ct);
        foreach (var subject in ids.Concat(joined))
            db.Enqueue(new ForgetWords(subject));
        await db.MergedContacts.Where(m => ids.Contains(m.WinnerId)).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            update contacts.merge set loser = null, winner = null, after = null, moved = null, loser_name = ''
            where tenant_id = {account} and at <= {until} and (loser is not null or loser_name <> '')
            """, ct);
        foreach (var id in ids)
            db.Publish(new ContactEnded(id));
        db.Bin.RemoveRange(due);
        return ids.Count;
    }

    private static async Task<int> EndCompanies(IServiceProvider services, PluraDb db, DateTimeOffset until, CancellationToken ct)
    {
        var account = db.Tenant.Id;
        var due = await db.CompanyBin.FromSql($"select * from contacts.company_bin where tenant_id = {account} and deleted_at <= {until} order by deleted_at limit {BatchSize} for update skip locked").ToListAsync(ct);
        var ids = due.ConvertAll(b => b.Id);
        await services.GetRequiredService<FieldFiles>().End(ids, ct);
        await db.CompanyChanges.Where(c => ids.Contains(c.CompanyId)).ExecuteDeleteAsync(ct);
        db.CompanyBin.RemoveRange(due);
        return ids.Count;
    }
}
