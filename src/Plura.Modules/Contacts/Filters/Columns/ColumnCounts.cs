using System.Data;
using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Says from columns held in memory who fits a filter, and how many, exactly as PostgreSQL would at this moment.</summary>
public sealed class ColumnCounts(PluraDb db, ColumnStore store, TimeProvider clock)
{
    /// <summary>How many fit; null where PostgreSQL is to count.</summary>
    public Task<int?> Count(ContactFilter filter, FilterFacts facts, CancellationToken ct) =>
        Ask<int?>(filter, facts, (state, sieve) => state.Count(sieve), ct);

    /// <summary>Who fits; null where they are more than <paramref name="most"/>, or where PostgreSQL is to look.</summary>
    public Task<Guid[]?> Few(ContactFilter filter, FilterFacts facts, int most, CancellationToken ct) =>
        Ask(filter, facts, (state, sieve) => state.Few(sieve, most), ct);

    /// <summary>Whether PostgreSQL would have to look into every contact of a large account, and memory need not.</summary>
    public async Task<bool> Spares(ContactFilter filter, FilterFacts facts, CancellationToken ct) => await Account(new ColumnPlan(filter, facts), ct) is not null;

    private async Task<T?> Ask<T>(ContactFilter filter, FilterFacts facts, Func<ColumnSnapshot, Sieve, T?> question, CancellationToken ct)
    {
        var plan = new ColumnPlan(filter, facts);
        if (await Account(plan, ct) is not { } account)
            return default;

        // First the turn, then the moment: else somebody could have brought the state past the moment that we see.
        await account.Turn.WaitAsync(ct);
        var waiting = true;
        try
        {
            await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            var reader = new ColumnReader(db, store.Limits.MostBytes, clock);
            var state = await UpToDate(account, reader, plan);
            account.Turn.Release();
            waiting = false;
            return state is null ? default : question(state, await plan.Over(state, reader, ct));
        }
        finally
        {
            if (waiting)
                account.Turn.Release();
        }
    }

    /// <summary>Whoever sees only a part keeps to row security; a transaction may have written what nobody else sees yet.</summary>
    private async Task<HeldAccount?> Account(ColumnPlan plan, CancellationToken ct) =>
        db.Tenant.Assignees is null && db.Database.CurrentTransaction is null && plan.IsHeavy
        && (store.Find(db.Tenant.Id) ?? (await IsLarge(ct) ? store.Enter(db.Tenant.Id) : null)) is { IsTooLarge: false } account ? account : null;

    /// <summary>Not broken off when the one who asked goes away: the next one needs it too.</summary>
    private async Task<ColumnSnapshot?> UpToDate(HeldAccount account, ColumnReader reader, ColumnPlan plan)
    {
        var before = account.State;
        // What was begun and failed may have taken the state before it along.
        account.State = null;
        var state = await reader.Read(before, plan.Columns);
        store.Keep(account, state);
        return state;
    }

    private async Task<bool> IsLarge(CancellationToken ct)
    {
        await using var command = await ListContactsHandler.Command(db, ct);
        command.CommandText = "select count(*) from (select from contacts.contact where tenant_id = @tenant limit @most) few";
        command.Parameters.AddWithValue("tenant", db.Tenant.Id);
        command.Parameters.AddWithValue("most", store.Limits.FewestContacts);
        return (long)(await command.ExecuteScalarAsync(ct))! >= store.Limits.FewestContacts;
    }
}
