using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Privacy;

namespace Plura.Tests.Privacy;

/// <summary>Drills: each check of the policy holds in a sound installation, and turns red when somebody breaks what it watches.</summary>
public sealed class PolicyDrillTests(PluraApp app)
{
    [Fact]
    public async Task Whoever_has_an_account_accepted_all_three_texts()
    {
        await using var home = await app.Another();
        var account = await home.NewAccount();
        Assert.Equal(EvidenceState.Fails, (await PolicyTests.Look(home))["P-04"].State);   // Nobody asked this owner.
        await account.In(async services =>
        {
            var (db, policies) = (services.GetRequiredService<PluraDb>(), services.GetRequiredService<PolicyVersions>());
            db.AddRange(((string[])["terms", "privacy", "dpa"]).Select(document => Acceptance.Of(account.OwnerId, account.Id, policies.Current(document), "sign_up_checkbox", null, home.Clock.GetUtcNow())));
            await db.SaveChangesAsync();
        });
        await Turns(home, "delete from accounts.acceptance where document = 'dpa'", "P-04", "P-36", "D-02");
    }

    [Fact]
    public async Task Whoever_has_an_account_passed_the_age_question()
    {
        await using var home = await app.Another();
        await home.NewAccount();
        await Turns(home, "update accounts.user set age_method = ''", "P-33", "T-04");
    }

    [Fact]
    public async Task Whatever_stops_an_account_has_a_reason_that_can_be_answered()
    {
        await using var home = await app.Another();
        var account = await home.NewAccount();
        await account.In(async services =>
        {
            services.GetRequiredService<PluraDb>().Add(AccountStop.Of(account.Id, "Letters that nobody asked for.", null, home.Clock.GetUtcNow()));
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        await home.Do("update accounts.account set stopped_at = $2 where id = $1", account.Id, home.Clock.GetUtcNow());
        await Turns(home, "update accounts.account_stop set ended_at = at", "P-12h");
    }

    [Fact]
    public async Task The_operator_can_be_reached_in_every_way_that_the_policy_names()
    {
        string[] ways = ["Name=Host of bakeries", "Email=help@host.example", "Phone=+1 555 0100", "Website=https://host.example"];
        await using (var whole = await app.Another(["--Plura:Roles=web", .. ways.Select(w => "--Plura:Operator:" + w)]))
            Assert.Equal(EvidenceState.Holds, (await PolicyTests.Look(whole))["P-40"].State);
        await using var less = await app.Another(["--Plura:Roles=web", .. ways[..3].Select(w => "--Plura:Operator:" + w)]);
        Assert.Equal(EvidenceState.Fails, (await PolicyTests.Look(less))["P-40"].State);
    }

    /// <summary>All of them hold, and after <paramref name="damage"/> none does, which the page says.</summary>
    private static async Task Turns(PluraApp home, string damage, params string[] sentences)
    {
        var good = await PolicyTests.Look(home);
        Assert.All(sentences, id => Assert.Equal((id, EvidenceState.Holds), (id, good[id].State)));
        await using (var open = await home.OpenOwner())
        {
            await open.Do("set session_replication_role = replica");
            Assert.NotEqual(0, await open.Do(damage));
        }

        var bad = await PolicyTests.Look(home);
        Assert.All(sentences, id => Assert.Equal((id, EvidenceState.Fails), (id, bad[id].State)));
        Assert.Contains("Does not hold", (await home.NewBrowser().Get(sentences[0].StartsWith('P') ? "/privacy" : "/terms")).Text, StringComparison.Ordinal);
    }
}
