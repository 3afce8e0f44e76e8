using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Messaging;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>Unsubscribing while a broadcast runs: whoever was not yet intended when the withdrawal committed gets nothing.</summary>
public sealed class WithdrawalRaceTests(PluraApp app)
{
    [Fact]
    public Task No_message_begins_after_its_readers_withdrawal_committed() => Race(readers: 1500, withdrawals: 75);

    [Fact, Trait("Category", "Slow")]
    public Task Five_hundred_withdrawals_during_ten_thousand_messages() => Race(readers: 10_000, withdrawals: 500);

    private async Task Race(int readers, int withdrawals)
    {
        await using var lab = await SendingLab.Start(app);
        var account = lab.NewAccount();
        await Permit(account, readers);
        lab.Transport.Connections = 8;
        var origin = await account.Plan(readers, Categories.Marketing);

        var safe = new List<int>();
        var late = 0;
        var chosen = Enumerable.Range(1, readers).Where(p => p != SendingAccount.WithoutAddress).OrderBy(p => unchecked(p * 2654435761u)).Take(withdrawals).ToList();
        var links = await Links(account, chosen);
        var mailProgram = lab.Host.NewBrowser();
        var sending = lab.Pump.RunDue(TestContext.Current.CancellationToken);
        for (var i = 0; i < chosen.Count && !sending.IsCompleted; i++)
        {
            // Spread over the broadcast: each waits until its share of it has gone.
            while (lab.Transport.Count < (long)readers * i / (chosen.Count + 20) && !sending.IsCompleted)
                await Task.Yield();
            await Unsubscribe(mailProgram, links[chosen[i]]);
            // The withdrawal has committed. Whatever was intended before stands in the ledger now.
            if (await account.Ask<long>("select count(*) from messaging.send_attempt a join messaging.send s on s.tenant_id = a.tenant_id and s.id = a.send_id where s.contact_point_id = $1", SendingAccount.Point(chosen[i])) == 0)
                safe.Add(chosen[i]);
            else
                late++;
        }

        await sending;
        await lab.Send();
        Assert.True(safe.Count > withdrawals / 5, $"The race was none: {safe.Count} of {withdrawals} were in time, {late} late.");
        var begun = lab.Transport.Addresses.ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(safe, p => begun.Contains(SendingAccount.Address(p)));
        Assert.All(safe, p => Assert.Equal("withheld", account.State(origin, p).GetAwaiter().GetResult()));
        var counts = await account.Counts(origin);
        Assert.Equal((readers - 1 - safe.Count, safe.Count + 1, 0), (counts.Accepted, counts.Withheld, counts.Unknown));
        Assert.Equal(safe.Count, (await account.Ledger(l => l.Reasons("campaign", origin, "withheld", default)))["opted_out"]);
        // Who was late was late: the withdrawal had to wait for the intent, and has its time from after the wait.
        const string LateOnes = "from messaging.send_attempt a join privacy.consent_event e on e.tenant_id = a.tenant_id and e.send_id = a.send_id where e.act = 'withdrawn'";
        Assert.Equal(late, await account.Ask<long>($"select count(*) {LateOnes}"));
        Assert.Equal(0, await account.Ask<long>($"select count(*) {LateOnes} and a.at >= e.recorded_at"));
    }

    /// <summary>The one-click addresses that stand in the letters' headers.</summary>
    private static Task<Dictionary<int, string>> Links(SendingAccount account, List<int> people) => account.In(async services =>
    {
        var links = services.GetRequiredService<PublicLinks>();
        var sends = await services.GetRequiredService<PluraDb>().Set<Plura.Messaging.Data.Send>().Select(s => new { s.Id, s.ContactPointId }).ToListAsync();
        var ids = sends.ToDictionary(s => SendingAccount.Person(s.ContactPointId), s => s.Id);
        return people.ToDictionary(p => p, p => $"/u/{links.Token(LinkKind.Unsubscribe, account.Id, ids[p])}");
    });

    private static async Task Unsubscribe(Browser mailProgram, string link)
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await mailProgram.Send(HttpMethod.Post, link, form, follow: false);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    private static Task<bool> Permit(SendingAccount account, int readers) => account.In(async services =>
    {
        var keys = services.GetRequiredService<IAddressKeys>();
        var people = Enumerable.Range(1, readers).ToList();
        await using var open = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using (var enter = global::Plura.Platform.TenantConnections.Set(open, account.Id))
            await enter.ExecuteNonQueryAsync();
        await using var transaction = await open.BeginTransactionAsync();
        await open.Do("create temp table consent_members (address_key uuid, contact_id uuid) on commit drop");
        await open.Do("insert into consent_members select * from unnest($1, $2)", people.Select(p => keys.Of(Channels.Email, SendingAccount.Address(p))).ToArray(), people.Select(SendingAccount.Point).ToArray());
        var attested = await services.GetRequiredService<IConsentLedger>().Attest(
            open, new ConsentAttestation(Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Channels.Email, Topics.All, ConsentDoors.Import, "Trade fair", "Yes, write to me.", new DateOnly(2026, 1, 1)), default);
        Assert.Equal(readers, attested);
        await transaction.CommitAsync();
        return true;
    });
}
