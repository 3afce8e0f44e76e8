using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests;

/// <summary><c>bin/plura seed demo</c>: it returns when its story has been told to the end, and telling it again changes nothing.</summary>
public sealed class SeedDemoTests(SeededDemo demo) : IClassFixture<SeededDemo>
{
    private PluraApp Own => demo.Own;

    [Fact]
    public void Its_campaign_has_gone_out_when_the_command_returns()
    {
        Assert.Equal("demo", demo.Answer.GetProperty("account").GetString());
        Assert.Equal("sent", demo.State);
        Assert.Equal(0, demo.Moving);
        var counts = demo.Answer.GetProperty("counts");
        Assert.Equal(0, counts.GetProperty("Planned").GetInt32() + counts.GetProperty("Deferred").GetInt32() + counts.GetProperty("Unknown").GetInt32());
        Assert.True(counts.GetProperty("Accepted").GetInt32() > 1000, counts.ToString());
    }

    [Fact]
    public async Task A_second_run_adds_nothing_and_takes_nothing_away()
    {
        var before = await Counts();
        foreach (var table in (string[])["contacts.contact", "messaging.send", "campaigns.campaign", "privacy.consent_event", "messaging.send_event", "opportunities.opportunity"])
            Assert.Contains(before, line => line.StartsWith(table + ": ", StringComparison.Ordinal) && !line.EndsWith(": 0", StringComparison.Ordinal));
        var again = await SeededDemo.Seed(Own);
        Assert.Equal(before, await Counts());
        Assert.Equal(demo.Answer.GetProperty("campaign").GetGuid(), again.GetProperty("campaign").GetGuid());
    }

    [Fact]
    public async Task It_tells_of_every_proof_that_a_permission_can_have_and_of_none()
    {
        await using var open = await Own.OpenOwner();
        var proofs = (await open.Rows("select privacy.proof_level(act, how, wording_hash is not null, source is not null), count(*) from privacy.consent_event where act in ('attested', 'granted') group by 1 order by 1")).ToDictionary(r => (string)r[0]!, r => (long)r[1]!, StringComparer.Ordinal);
        Assert.Equal([ProofLevels.Attested, ProofLevels.None, ProofLevels.Proven], proofs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(12, proofs[ProofLevels.None]);

        // A permission without proof is no permission: they got no letter, and their page says so.
        var withheld = await open.Rows("""
            select s.contact_id, s.state from messaging.send s join privacy.decision d on d.tenant_id = s.tenant_id and d.id = s.decision_id
            where d.reasons @> '[{"rule": "no_consent", "facts": {"why": "no_proof"}}]'
            """);
        Assert.Equal(proofs[ProofLevels.None], withheld.Count);
        Assert.All(withheld, w => Assert.Equal("withheld", w[1]));
        var now = await Own.In(demo.Id, async services =>
        {
            var addresses = await services.GetRequiredService<Plura.Contacts.Contracts.IContactDirectory>().Addresses((Guid)withheld[0][0]!, default);
            return await services.GetRequiredService<IConsentLedger>().Now([.. addresses.Select(a => a.AddressKey)], default);
        });
        Assert.Equal("No permission", Permissions.Short(now));
        var (text, outcome, _) = Permissions.Sentence(Channels.Email, [.. now.Where(n => n.Channel == Channels.Email)]);
        Assert.Equal("deny", outcome);
        Assert.Contains("but not where or in which words", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_tells_of_two_thousand_people_and_of_all_that_becomes_of_letters()
    {
        Assert.True(await Own.Ask<long>("select count(*) from contacts.contact") >= 2000);
        foreach (var what in (string[])["opened_at", "clicked_at", "unsubscribed_at", "robot_opened_at"])
            Assert.True(await Own.Ask<long>($"select count(*) from messaging.send where {what} is not null") > 0, what);
        foreach (var state in (string[])["accepted", "bounced", "withheld"])
            Assert.True(await Own.Ask<long>("select count(*) from messaging.send where state = $1", state) > 0, state);
    }

    /// <summary>How many rows each table of the product has.</summary>
    private async Task<List<string>> Counts()
    {
        await using var open = await Own.OpenOwner();
        var counts = new List<string>();
        foreach (var table in await open.Rows("select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public') order by 1"))
            counts.Add($"{table[0]}: {await open.Ask<long>($"select count(*) from {table[0]}")}");
        return counts;
    }
}

/// <summary>The demo as the command left it, before anything else of the installation worked.</summary>
public sealed class SeededDemo(PluraApp app) : IAsyncLifetime
{
    public PluraApp Own { get; private set; } = null!;

    /// <summary>The one line that the command writes.</summary>
    public JsonElement Answer { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Its campaign's at that moment.</summary>
    public string? State { get; private set; }

    /// <summary>How many messages were not at their end.</summary>
    public long Moving { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Own = await app.Another();
        Answer = await Seed(Own);
        Id = Answer.GetProperty("locationId").GetGuid();
        State = await Own.Ask<string>("select state from campaigns.campaign where id = $1", Answer.GetProperty("campaign").GetGuid());
        Moving = await Own.Ask<long>("select count(*) from messaging.send where origin = 'campaign' and state in ('planned', 'claimed', 'intended', 'deferred')");
    }

    public ValueTask DisposeAsync() => Own.DisposeAsync();

    internal static Task<JsonElement> Seed(PluraApp own) => own.In(null, async services => JsonSerializer.SerializeToElement(
        await services.GetServices<ICommand>().Single(c => c.Name == "seed demo").Run(new CommandOptions(new Dictionary<string, string>(StringComparer.Ordinal)), services, TestContext.Current.CancellationToken)));
}
