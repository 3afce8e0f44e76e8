using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Tests.Campaigns;
using Plura.Tests.Privacy;

namespace Plura.Tests;

/// <summary>An app comes into an account as it should, works there, and leaves.</summary>
public sealed class OAuthFlowTests(PluraApp app)
{
    [Fact]
    public async Task From_the_agencys_desk_to_a_call_in_an_account_and_out_again()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var owner = await account.SignIn();
        var desk = await (await owner.Get($"/g/{account.Slug}/apps")).Submit("[name='Command.Name']", new { Name = "Till Roll", Returns = TestOAuthApp.Return, Scopes = (string[])["contacts.read", "contacts.create"], Kind = "server" });
        var (id, secret) = (desk.Document.QuerySelectorAll(".copy-line code")[0].TextContent, desk.Document.QuerySelectorAll(".copy-line code")[1].TextContent);
        Assert.DoesNotContain(secret, (await owner.Get($"/g/{account.Slug}/apps")).Html, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.oauth_app a where position($1 in to_jsonb(a)::text) > 0", secret[4..]));

        var program = new TestOAuthApp(app, Guid.Empty, id, secret);
        var consent = await owner.Get(program.Asks("contacts.read contacts.create"));
        Assert.Contains("Let Till Roll in?", consent.Text, StringComparison.Ordinal);
        Assert.Contains("Add contacts", consent.Text, StringComparison.Ordinal);
        Assert.Contains("Corner Bakery", consent.Text, StringComparison.Ordinal);
        var back = await TestOAuthApp.Answer(owner, consent);
        Assert.StartsWith(TestOAuthApp.Return + "&", back.Location, StringComparison.Ordinal);
        Assert.Equal("st&te", back.Query["state"]);

        Assert.Single(await account.Log(app), e => e.Act == "account.connect_app");

        var tokens = await program.Redeem(back.Query["code"]!);
        Assert.Equal("Bearer", tokens.Body.GetProperty("token_type").GetString());
        Assert.InRange(tokens.Body.GetProperty("expires_in").GetInt32(), 1, 3600);
        var api = app.With(tokens.Access);
        Assert.Equal(HttpStatusCode.OK, (await api.Call($"/api/v1/contacts/{ann}")).Status);
        var made = await api.Call("/api/v1/contacts", HttpMethod.Post, new { firstName = "Ben" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Contains("\"default\";r=", made.Headers["RateLimit"], StringComparison.Ordinal);
        var entry = await account.Last(app);
        Assert.Equal(("app", "contacts.create"), (entry.ActorKind, entry.Act));
        Assert.Contains("The app Till Roll added", (await owner.Get(account.Page("settings/activity"))).Text, StringComparison.Ordinal);
        Assert.Equal(("token.scope", "campaigns.read"), ((await api.Call()).Code, (await api.Call()).Scope));

        var list = await owner.Get(account.Page("settings/apps"));
        Assert.Contains("by Olivia Owner", list.Text, StringComparison.Ordinal);
        await list.Submit("[id^='disconnect-'] form", new { });
        var gone = await api.Call($"/api/v1/contacts/{ann}");
        Assert.Equal((HttpStatusCode.Unauthorized, "token.revoked"), (gone.Status, gone.Code));
        Assert.Equal("invalid_grant", (await program.Refresh(tokens.Refresh)).Error);
        Assert.Equal("account.disconnect_app", (await account.Last(app)).Act);
    }

    [Fact]
    public async Task One_app_works_in_two_accounts_and_in_each_with_its_own_people_only()
    {
        var (house, second) = (await AgencyHouse.Open(app), await app.NewAccount("Second Shop"));
        await app.Do("update accounts.account set agency_id = $1 where id = $2", await house.AgencyId(), second.Id);
        var program = await TestOAuthApp.Of(app, house.Shop);
        var (ann, ben) = (await house.Shop.Person("Ann"), await second.Person("Ben"));
        var (here, there) = (app.With((await program.Connect(house.Owner)).Access), app.With((await program.Connect(await second.SignIn())).Access));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await here.Call($"/api/v1/contacts/{ann}")).Status, (await here.Call($"/api/v1/contacts/{ben}")).Status));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await there.Call($"/api/v1/contacts/{ben}")).Status, (await there.Call($"/api/v1/contacts/{ann}")).Status));
        // Put out of one, it stays in the other.
        await (await house.Owner.Get(house.Shop.Page("settings/apps"))).Submit("[id^='disconnect-'] form", new { });
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await here.Call($"/api/v1/contacts/{ann}")).Status, (await there.Call($"/api/v1/contacts/{ben}")).Status));
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_each_gives_the_next()
    {
        var (program, owner, _) = await Ready();
        var first = await program.Connect(owner);
        var second = await program.Refresh(first.Refresh);
        Assert.NotEqual(first.Refresh, second.Refresh);
        Assert.Equal(HttpStatusCode.NotFound, (await app.With(second.Access).Call($"/api/v1/contacts/{Guid.Empty}")).Status);
        var third = await program.Refresh(second.Refresh);
        Assert.Equal(HttpStatusCode.OK, third.Status);
    }

    [Fact]
    public async Task An_access_token_ends_within_the_hour_and_a_refresh_token_goes_on()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var program = await TestOAuthApp.Of(own, account);
        var tokens = await program.Connect(await account.SignIn(), "campaigns.read");
        own.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await own.With(tokens.Access).Call()).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        var over = await own.With(tokens.Access).Call();
        Assert.Equal((HttpStatusCode.Unauthorized, "token.expired"), (over.Status, over.Code));
        own.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(HttpStatusCode.OK, (await own.With((await program.Refresh(tokens.Refresh)).Access).Call()).Status);
    }

    [Fact]
    public async Task An_app_without_a_secret_comes_in_by_its_proof_alone()
    {
        var account = await app.NewAccount();
        var program = await TestOAuthApp.Of(app, account, kind: "device");
        Assert.Null(program.Secret);
        var tokens = await program.Connect(await account.SignIn(), "campaigns.read");
        Assert.Equal(HttpStatusCode.OK, (await app.With(tokens.Access).Call()).Status);
    }

    [Fact]
    public async Task A_person_with_several_accounts_chooses_one_and_the_app_is_in_no_other()
    {
        var house = await AgencyHouse.Open(app);
        var kim = await house.Shop.Colleague(app, Membership.Admin, name: "Kim");
        var second = await app.NewAccount("Second Shop");
        await app.Do("update accounts.account set agency_id = $1 where id = $2", await house.AgencyId(), second.Id);
        await second.In(async s => { s.GetRequiredService<Plura.Platform.PluraDb>().Add(Membership.Of(second.Id, kim.Id, Membership.Owner, app.Clock.GetUtcNow())); await s.GetRequiredService<Plura.Platform.PluraDb>().SaveChangesAsync(); });
        // Of yet another agency, and one in which Kim may not let programs in.
        var elsewhere = await app.NewAccount("Elsewhere");
        await elsewhere.In(async s => { s.GetRequiredService<Plura.Platform.PluraDb>().Add(Membership.Of(elsewhere.Id, kim.Id, Membership.Owner, app.Clock.GetUtcNow())); await s.GetRequiredService<Plura.Platform.PluraDb>().SaveChangesAsync(); });
        var program = await TestOAuthApp.Of(app, house.Shop);
        var page = await kim.Browser.Get(program.Asks("contacts.read"));
        Assert.Equal(["Corner Bakery", "Second Shop"], page.Document.QuerySelectorAll("[name=account]").Select(r => r.ParentElement!.TextContent.Trim()));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("[name=account]"), r => r.HasAttribute("checked"));

        var (mine, other) = (await house.Shop.Person("Ann"), await second.Person("Ben"));
        var tokens = await program.Connect(kim.Browser, account: second.Id);
        var api = app.With(tokens.Access);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await api.Call($"/api/v1/contacts/{other}")).Status, (await api.Call($"/api/v1/contacts/{mine}")).Status));
        Assert.Contains("No app is connected", (await house.Owner.Get(house.Shop.Page("settings/apps"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saying_no_sends_back_a_no_and_leaves_nothing()
    {
        var (program, owner, account) = await Ready();
        var page = await owner.Get(program.Asks());
        var buttons = page.Document.QuerySelectorAll("button[name=answer]");
        Assert.Equal(["allow", "deny"], buttons.Select(b => b.GetAttribute("value")));
        Assert.Single(buttons.Select(b => b.ClassName).Distinct(StringComparer.Ordinal));
        var back = await TestOAuthApp.Answer(owner, page, "deny");
        Assert.Equal(("access_denied", "st&te", null), (back.Query["error"], back.Query["state"], back.Query["code"]));
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.app_connection where account_id = $1", account.Id));
    }

    [Fact]
    public async Task Another_node_takes_the_same_tokens_and_so_does_the_next_start()
    {
        var (program, owner, _) = await Ready();
        var tokens = await program.Connect(owner, "campaigns.read");
        await using var node = await app.SameDatabase();
        Assert.Equal(HttpStatusCode.OK, (await node.With(tokens.Access).Call()).Status);
        Assert.Equal(2L, await app.Ask<long>("select count(*) from accounts.oauth_key where kind <> 'push'"));
    }

    [Fact]
    public async Task The_server_describes_itself_and_offers_nothing_but_codes_with_proof()
    {
        var about = await app.NewBrowser().GetJson("/.well-known/oauth-authorization-server");
        string[] List(string name) => [.. about.GetProperty(name).EnumerateArray().Select(v => v.GetString()!)];
        Assert.Equal(["authorization_code", "refresh_token"], List("grant_types_supported").Order(StringComparer.Ordinal));
        Assert.Equal(["code"], List("response_types_supported"));
        Assert.Equal(["query"], List("response_modes_supported"));
        Assert.Equal(["S256"], List("code_challenge_methods_supported"));
        Assert.Contains("contacts.read", List("scopes_supported"));
        Assert.EndsWith("/oauth/authorize", about.GetProperty("authorization_endpoint").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("/oauth/revoke", about.GetProperty("revocation_endpoint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_tokens_are_forgotten_and_those_in_use_stay()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var program = await TestOAuthApp.Of(own, account);
        var tokens = await program.Connect(await account.SignIn(), "campaigns.read");
        own.Clock.Advance(TimeSpan.FromDays(15));
        var gone = await own.Services.GetRequiredService<AppTidying>().Tidy(default);
        Assert.InRange(gone, 2, 3);
        Assert.Equal(HttpStatusCode.OK, (await own.With((await program.Refresh(tokens.Refresh)).Access).Call()).Status);
    }

    private async Task<(TestOAuthApp Program, Browser Owner, TestAccount Account)> Ready()
    {
        var account = await app.NewAccount();
        return (await TestOAuthApp.Of(app, account), await account.SignIn(), account);
    }
}
