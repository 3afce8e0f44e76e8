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

    private async Task<T?> Ask<T>(ContactFilter filter, FilterFacts facts, Func<ColumnSnapshot, Sieve, T?> question, CancellationToken ct)
    {
        // Whoever sees only a part keeps to row security; a transaction may have written what nobody else sees yet.
        if (db.Tenant.Assignees is not null || db.Database.CurrentTransaction is not null)
            return default;
        var plan = new ColumnPlan(filter, facts);
        if (!plan.IsHeavy)
            return default;
        if ((store.Find(db.Tenant.Id) ?? (await IsLarge(ct) ? store.Enter(db.Tenant.Id) : null)) is not { IsTooLarge: false } account)
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
