using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>
/// Once an hour: sign-ups that nobody confirmed end with their empty accounts, agencies that look after nobody end, and so do people who
/// belong nowhere any more. Each in a transaction of its own that looks once more under a lock, so that nobody who has come back meanwhile goes.
/// </summary>
public sealed partial class PeopleEnd(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PeopleEnd> logger) : HourlyWorker(clock, logger)
{
    public const string SignUpAct = "account.drop_sign_up";
    public const string AgencyAct = "agency.end";

    /// <summary>So many in a round; the rest have the next one.</summary>
    private const int Most = 1_000;

    /// <summary>Answers how many sign-ups are gone.</summary>
    public Task<int> DropSignUps(CancellationToken ct) => Each((placeless, now) => placeless.SignUps(now).OrderBy(u => u.CreatedAt).Select(u => u.Id), DropSignUp, ct);

    /// <summary>Answers how many agencies are gone.</summary>
    public Task<int> EndAgencies(CancellationToken ct) => Each((placeless, now) => placeless.Agencies(now).OrderBy(g => g.EmptySince).Select(g => g.Id), EndAgency, ct);

    /// <summary>Answers how many people are gone.</summary>
    public Task<int> Forget(CancellationToken ct) => Each((placeless, now) => placeless.People(now).OrderBy(u => u.Id).Select(u => u.Id), Forget, ct);

    /// <summary>Agencies first: whoever stood at the desk of one only has no place any more then.</summary>
    protected override async Task<long> Round(CancellationToken ct) => await DropSignUps(ct) + await EndAgencies(ct) + await Forget(ct);

    private static async Task<bool> DropSignUp(IServiceProvider services, PluraDb db, Guid person, CancellationToken ct)
    {
        var accounts = await db.Memberships.Where(m => m.UserId == person).Select(m => m.AccountId).ToListAsync(ct);
        if (!await Asked(db, $"select accounts.drop_sign_up({person}) as \"Value\"", ct))
            return false;
        // Before the commit: broken off here, the sign-up is still there and the next round finds it again.
        foreach (var remains in services.GetServices<IAccountRemains>())
        {
            foreach (var account in accounts)
                await remains.Remove(account, ct);
        }

        services.GetRequiredService<IAudit>().Note(SignUpAct, person);
        return true;
    }

    private async Task<bool> EndAgency(IServiceProvider services, PluraDb db, Guid agency, CancellationToken ct)
    {
        // Whoever opens an account in it waits until this ends.
        await db.Database.ExecuteSqlAsync($"select from accounts.agency where id = {agency} for update", ct);
        if (!await services.GetRequiredService<Placeless>().Agencies(Clock.GetUtcNow()).AnyAsync(g => g.Id == agency, ct))
            return false;
        await db.AppTokens.Where(t => t.Application!.AgencyId == agency).ExecuteDeleteAsync(ct);
        await db.AppConnections.Where(c => c.Application!.AgencyId == agency).ExecuteDeleteAsync(ct);
        // While the agency is still there, which knows since when it looks after nobody.
        await db.AgencyMembers.Where(m => m.AgencyId == agency).ExecuteDeleteAsync(ct);
        await db.Agencies.Where(g => g.Id == agency).ExecuteDeleteAsync(ct);
        services.GetRequiredService<IAudit>().Note(AgencyAct, agency);
        return true;
    }

    private async Task<bool> Forget(IServiceProvider services, PluraDb db, Guid person, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""select from accounts."user" where id = {person} for update""", ct);
        if (!await services.GetRequiredService<Placeless>().People(Clock.GetUtcNow()).AnyAsync(u => u.Id == person, ct) || !await Asked(db, $"select accounts.forget_person({person}) as \"Value\"", ct))
            return false;
        services.GetRequiredService<IAudit>().Note(DeleteSignInHandler.Act, person);
        return true;
    }

    private static Task<bool> Asked(PluraDb db, FormattableString question, CancellationToken ct)
    {
        // Names stand in long stories, and are looked for in all of them.
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        return db.Database.SqlQuery<bool>(question).SingleAsync(ct);
    }

    /// <summary>One that cannot go keeps no other: what failed is thrown at the end.</summary>
    private async Task<int> Each(Func<Placeless, DateTimeOffset, IQueryable<Guid>> which, Func<IServiceProvider, PluraDb, Guid, CancellationToken, Task<bool>> end, CancellationToken ct)
    {
        List<Guid> due;
        await using (var look = scopes.CreateAsyncScope())
            due = await which(look.ServiceProvider.GetRequiredService<Placeless>(), Clock.GetUtcNow()).Take(Most).ToListAsync(ct);
        var (gone, failed) = (0, new List<Exception>());
        foreach (var id in due)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem(nameof(PeopleEnd));
                var db = scope.ServiceProvider.GetRequiredService<PluraDb>();
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                if (!await end(scope.ServiceProvider, db, id, ct))
                    continue;
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                gone++;
            }
            catch (Exception error) when (Passes(error))
            {
                Stays(Log, id);
                failed.Add(error);
            }
        }

        return failed.Count == 0 ? gone : throw new AggregateException(failed);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id} should have been deleted and could not be; the others are, and this one is tried again in an hour")]
    private static partial void Stays(ILogger logger, Guid id);
}
