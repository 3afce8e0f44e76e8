using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;

namespace Plura.Tests;

/// <summary>An app acts for a person: it never gets where they do not get themselves, nor where its agency has nothing to say.</summary>
public sealed class OAuthRightsTests(PluraApp app)
{
    [Fact]
    public async Task When_whoever_let_it_in_leaves_or_may_less_so_does_the_app()
    {
        var account = await app.NewAccount();
        var program = await TestOAuthApp.Of(app, account);
        var kim = await account.Colleague(app, Membership.Admin);
        var tokens = await program.Connect(kim.Browser, "campaigns.read contacts.create");
        var api = app.With(tokens.Access);
        await account.Role(kim.Id, Membership.ReadOnly);
        Assert.Equal((HttpStatusCode.OK, "token.person"), ((await api.Call()).Status, (await api.Call("/api/v1/contacts", HttpMethod.Post, new { firstName = "No" })).Code));
        await account.In(s => s.GetRequiredService<RemovePersonHandler>().Handle(new RemovePerson { UserId = kim.Id }, default));
        Assert.Equal("token.person_left", (await api.Call()).Code);
        Assert.Equal("invalid_grant", (await program.Refresh(tokens.Refresh)).Error);
        Assert.Contains("the app can do nothing here", (await (await account.SignIn()).Get(account.Page("settings/apps"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_let_programs_in_cannot_let_an_app_in_either()
    {
        var account = await app.NewAccount();
        var program = await TestOAuthApp.Of(app, account);
        var member = await account.Colleague(app, Membership.Member);
        Assert.Contains("You have no account for it", (await member.Browser.Get(program.Asks())).Text, StringComparison.Ordinal);
        Assert.Equal("access_denied", (await Forge(program, member.Browser, account.Id)).Query["error"]);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.app_connection where account_id = $1", account.Id));
    }

    [Fact]
    public async Task An_app_of_another_agency_comes_into_no_account_of_ours()
    {
        var (mine, theirs) = (await app.NewAccount(), await app.NewAccount());
        var (program, owner) = (await TestOAuthApp.Of(app, theirs), await mine.SignIn());
        Assert.Contains("You have no account for it", (await owner.Get(program.Asks())).Text, StringComparison.Ordinal);
        foreach (var account in (Guid[])[mine.Id, theirs.Id])
            Assert.Equal("access_denied", (await Forge(program, owner, account)).Query["error"]);
        // And when an account goes to another agency, the app stays behind.
        var tokens = await program.Connect(await theirs.SignIn(), "campaigns.read");
        await app.Do("update accounts.account set agency_id = (select agency_id from accounts.account where id = $1) where id = $2", mine.Id, theirs.Id);
        Assert.Equal("token.app_elsewhere", (await app.With(tokens.Access).Call()).Code);
        Assert.Equal("invalid_grant", (await program.Refresh(tokens.Refresh)).Error);
    }

    [Fact]
    public async Task Another_agency_finds_no_app_of_ours_and_another_account_no_connection()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var program = await TestOAuthApp.Of(app, mine);
        var tokens = await program.Connect(await mine.SignIn(), "campaigns.read");
        Assert.Equal(HttpStatusCode.NotFound, (await (await other.SignIn()).Get($"/g/{other.Slug}/apps/{program.Id}")).Status);
        var connection = await app.Ask<Guid>("select id from accounts.app_connection where account_id = $1", mine.Id);
        Assert.Equal("app.not_connected", (await other.In(s => s.GetRequiredService<DisconnectAppHandler>().Handle(new DisconnectApp { Id = connection }, default))).Refusal?.Code);
        Assert.Equal(HttpStatusCode.OK, (await app.With(tokens.Access).Call()).Status);
    }

    /// <summary>The page offered no account; the person's own form, with one written into it.</summary>
    private static async Task<Back> Forge(TestOAuthApp program, Browser person, Guid account)
    {
        var page = await person.Get(program.Asks());
        var fields = page.Document.QuerySelectorAll("form[action='/oauth/authorize/answer'] input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!));
        using var content = new FormUrlEncodedContent([.. fields, new("answer", "allow"), new("account", account.ToString())]);
        using var answer = await person.Send(HttpMethod.Post, "/oauth/authorize/answer", content, follow: false);
        return Back.Of(answer);
    }
}
