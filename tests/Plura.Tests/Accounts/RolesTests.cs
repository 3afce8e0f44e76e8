using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

public sealed class RolesTests(PluraApp app)
{
    [Fact]
    public async Task A_role_of_ones_own_is_made_given_changed_and_deleted()
    {
        var account = await app.NewAccount();
        var owner = await account.SignIn();
        var made = await (await owner.Get(account.Page("settings/roles?role=new"))).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Name"] = "Reader", ["Permissions"] = (string[])["contacts.read"] });
        Assert.Contains("The role is made.", made.Text, StringComparison.Ordinal);
        var role = await app.Ask<Guid>("select id from accounts.role where tenant_id = $1", account.Id);
        var cora = await account.Colleague(app, Membership.Custom, roleId: role);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get(account.Page("contacts"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page("campaigns"))).Status);

        var page = await owner.Get(account.Page($"settings/roles?role={role}"));
        Assert.Contains("1 person has it", page.Text, StringComparison.Ordinal);
        await page.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Permissions"] = (string[])["campaigns.read"] });
        Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page("contacts"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get(account.Page("campaigns"))).Status);

        var refused = await (await owner.Get(account.Page("settings/roles"))).Submit($"#delete-{role} form", new { });
        Assert.Contains("Somebody has this role. Give them another one first.", refused.Text, StringComparison.Ordinal);
        await account.Role(cora.Id, Membership.Member);
        var deleted = await (await owner.Get(account.Page("settings/roles"))).Submit($"#delete-{role} form", new { });
        Assert.Contains("The role is deleted.", deleted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_built_in_roles_say_in_sentences_what_they_may()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("settings/roles"));
        Assert.Equal(["Owner", "Admin", "Member", "Read-only"], page.All(".panel-head h2"));
        Assert.Contains("See contacts and their story", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_makes_a_role_that_may_more_than_they_do()
    {
        var account = await app.NewAccount();
        var mine = new KeepRole { Name = "Mine", Permissions = ["account.roles", "contacts.read"] };
        var role = (await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(mine, default))).Value;
        var refused = await Limited(account, new KeepRole { Name = "More", Permissions = ["campaigns.send"] });
        Assert.Equal("role.too_much", refused.Refusal?.Code);
        // What they may not do themselves stays as it was.
        await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(mine with { Id = role, Permissions = ["account.roles", "contacts.read", "campaigns.send"] }, default));
        Assert.True((await Limited(account, mine with { Id = role, Permissions = ["account.roles"] })).Ok);
        Assert.Equal("account.roles account.use campaigns.send", await app.Ask<string>("select permissions from accounts.role where id = $1", role));
    }

    [Fact]
    public async Task Another_accounts_role_does_not_exist()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var role = (await other.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Theirs" }, default))).Value;
        Assert.Equal("role.missing", (await mine.In(s => s.GetRequiredService<DeleteRoleHandler>().Handle(new DeleteRole { Id = role }, default))).Refusal?.Code);
        Assert.Equal("role.missing", (await mine.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Id = role, Name = "Mine" }, default))).Refusal?.Code);
        Assert.Equal("role.unknown", (await mine.In(s => s.GetRequiredService<InvitePeopleHandler>().Handle(new InvitePeople { Emails = "x@people.example", Role = role.ToString() }, default))).Refusal?.Code);
    }

    private static Task<Result<Guid>> Limited(TestAccount account, KeepRole command) => account.In(services =>
    {
        services.GetRequiredService<Actor>().Become(ActorKind.User, account.OwnerId, "Limited", ["account.use", "account.roles", "contacts.read"]);
        return services.GetRequiredService<KeepRoleHandler>().Handle(command, default);
    });
}
