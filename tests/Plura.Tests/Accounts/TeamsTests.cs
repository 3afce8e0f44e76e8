using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;

namespace Plura.Tests;

public sealed class TeamsTests(PluraApp app)
{
    [Fact]
    public async Task A_team_is_made_changed_and_deleted()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app);
        var owner = await account.SignIn();
        Assert.Contains("No teams yet", (await owner.Get(account.Page("settings/teams"))).Text, StringComparison.Ordinal);
        var made = await (await owner.Get(account.Page("settings/teams?team=new"))).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Name"] = "Front desk", ["Members"] = (string[])[cora.Id.ToString()] });
        Assert.Contains("Front desk", made.Text, StringComparison.Ordinal);
        Assert.Contains("Cora Colleague", made.Find("table").TextContent, StringComparison.Ordinal);
        var team = await app.Ask<Guid>("select id from accounts.team where tenant_id = $1", account.Id);
        await (await owner.Get(account.Page($"settings/teams?team={team}"))).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Name"] = "Counter", ["Members"] = (string[])[account.OwnerId.ToString()] });
        Assert.Equal(account.OwnerId, await app.Ask<Guid>("select user_id from accounts.team_member where team_id = $1", team));
        var gone = await (await owner.Get(account.Page($"settings/teams?team={team}"))).Submit("#delete-team form", new { });
        Assert.Contains("The team is deleted.", gone.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.team_member where team_id = $1", team));
    }

    [Fact]
    public async Task Refuses_a_name_that_is_taken_and_people_of_elsewhere()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        Assert.True((await Keep(account, new KeepTeam { Name = "Front desk" })).Ok);
        Assert.Equal("team.name_taken", (await Keep(account, new KeepTeam { Name = "Front desk" })).Refusal?.Code);
        Assert.Equal("team.person", (await Keep(account, new KeepTeam { Name = "Others", Members = [other.OwnerId] })).Refusal?.Code);
        Assert.True((await Keep(other, new KeepTeam { Name = "Front desk" })).Ok);
    }

    [Fact]
    public async Task Whoever_leaves_the_account_leaves_its_teams()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app, Membership.Member);
        await Keep(account, new KeepTeam { Name = "Front desk", Members = [cora.Id] });
        Assert.True((await account.In(s => s.GetRequiredService<RemovePersonHandler>().Handle(new RemovePerson { UserId = cora.Id }, default))).Ok);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.team_member where tenant_id = $1", account.Id));
    }

    private static Task<Plura.Platform.Result<Guid>> Keep(TestAccount account, KeepTeam command) =>
        account.In(s => s.GetRequiredService<KeepTeamHandler>().Handle(command, default));
}
