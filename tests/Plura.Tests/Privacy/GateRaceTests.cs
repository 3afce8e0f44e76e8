using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

public sealed class GateRaceTests(PluraApp app)
{
    [Fact]
    public async Task A_withdrawal_waits_for_a_decision_that_is_not_committed_yet()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        var withdrawal = Task.CompletedTask;
        await account.InTransaction(async (services, connection) =>
        {
            await services.GetRequiredService<IGate>().Decide(connection, [Consents.Question(person)], CancellationToken.None);
            withdrawal = account.Says(person, ConsentActs.Withdrawn, ConsentDoors.OneClick);
            await SomebodyWaits();
            Assert.False(withdrawal.IsCompleted);
            return 0;
        });
        await withdrawal;
        Assert.Equal("deny", (await account.Asks(Consents.Question(person))).Outcome);
    }

    [Fact]
    public async Task A_decision_that_waited_for_a_withdrawal_sees_it()
    {
        var account = await app.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        Task<GateDecision>? decision = null;
        await account.InTransaction(async (services, connection) =>
        {
            await services.GetRequiredService<IConsentLedger>().Append(
                new ConsentEntry { AddressKey = person, Channel = Channels.Email, Act = ConsentActs.Withdrawn, How = ConsentDoors.OneClick }, CancellationToken.None);
            decision = account.Asks(Consents.Question(person));
            await SomebodyWaits();
            Assert.False(decision.IsCompleted);
            return 0;
        });
        Assert.Equal("opted_out", (await decision!).Decisive?.Rule);
    }

    [Fact]
    public async Task Withdrawals_during_many_decisions_leave_none_allowed_after_them_and_nobody_deadlocks()
    {
        var account = await app.NewAccount();
        var people = Enumerable.Range(0, 200).Select(_ => Consents.NewAddress()).ToList();
        await account.Imports(Consents.NewAddress(), people);
        var deciding = Parallel.ForEachAsync(Enumerable.Range(0, 40), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (round, _) =>
            await account.InTransaction((s, c) => s.GetRequiredService<IGate>().Decide(c, [.. people.Skip(round % 7 * 20).Take(64).Reverse().Select(p => Consents.Question(p))], CancellationToken.None)));
        var leaving = Parallel.ForEachAsync(people.Take(100), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (p, _) => await account.Says(p, ConsentActs.Withdrawn, ConsentDoors.OneClick));
        await Task.WhenAll(deciding, leaving);
        var after = await account.InTransaction((s, c) => s.GetRequiredService<IGate>().Decide(c, [.. people.Take(100).Select(p => Consents.Question(p))], CancellationToken.None));
        Assert.All(after, d => Assert.Equal("deny", d.Outcome));
    }

    /// <summary>Until a session of our database waits for an advisory lock.</summary>
    private async Task SomebodyWaits()
    {
        await using var watch = await app.OpenOwner();
        while (await watch.Ask<long>("select count(*) from pg_locks where locktype = 'advisory' and not granted and classid = 20559") == 0)
            await Task.Yield();
    }
}
