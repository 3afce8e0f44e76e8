using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Tests;

/// <summary>The page of tokens, as the people of an account use it.</summary>
public sealed class TokensTests(PluraApp app)
{
    [Fact]
    public async Task A_token_is_shown_once_with_its_maker_and_never_again()
    {
        var account = await app.NewAccount();
        var page = await Make(account, "Website", "contacts.read");
        var secret = page.Find(".copy-line code").TextContent;
        Assert.StartsWith("pit-", secret, StringComparison.Ordinal);
        Assert.Contains("shown this once", page.Text, StringComparison.Ordinal);
        var later = await account.Browser.Get(account.Page("settings/tokens"));
        Assert.DoesNotContain(secret, later.Html, StringComparison.Ordinal);
        Assert.Contains("by Olivia Owner", later.Text, StringComparison.Ordinal);
        Assert.Contains($"pit-…{secret[^4..]}", later.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await app.Ask<long>("select count(*) from accounts.api_token t where position($1 in to_jsonb(t)::text) > 0", secret[4..^4]));
        Assert.Equal(HttpStatusCode.Forbidden, (await app.With(secret).Call()).Status);
    }

    [Fact]
    public async Task Nothing_is_ticked_by_itself_and_nothing_chosen_is_refused()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("settings/tokens"));
        var boxes = page.Document.QuerySelectorAll(".scopes input[type=checkbox]");
        Assert.True(boxes.Length > 8, $"Only {boxes.Length} boxes.");
        Assert.DoesNotContain(boxes, b => b.HasAttribute("checked"));
        Assert.Contains("Change contacts and their tags", page.Text, StringComparison.Ordinal);
        var refused = await page.Submit("[name='Command.Name']", new { Name = "Website" });
        Assert.Contains("Choose at least one thing", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Website", refused.Find("[name='Command.Name']").GetAttribute("value"));
    }

    [Fact]
    public async Task Nobody_gives_a_program_more_than_they_may()
    {
        var account = await app.NewAccount();
        var role = (await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Machinist", Permissions = ["account.tokens", "contacts.read"] }, default))).Value;
        var kim = await account.Colleague(app, Membership.Custom, roleId: role);
        var page = await kim.Browser.Get(account.Page("settings/tokens"));
        Assert.Equal(["contacts.read"], page.Document.QuerySelectorAll(".scopes input").Select(b => b.GetAttribute("value")));
        var refused = await page.Submit("[name='Command.Name']", new { Name = "Greedy", Scopes = "campaigns.send" });
        Assert.Contains("only give what you may do yourself", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_whoever_made_a_token_rotates_it_and_others_may_end_it()
    {
        var account = await app.NewAccount();
        var (kim, ada) = (await account.Colleague(app, Membership.Admin, name: "Kim Admin"), await account.Colleague(app, Membership.Admin, name: "Ada Admin"));
        var (id, program) = await account.Token(app, "campaigns.read", kim.Id);
        var (operators, _) = await account.Token(app, "campaigns.read", madeBy: null);
        foreach (var (person, browser) in ((Guid, Browser)[])[(account.OwnerId, await account.SignIn()), (ada.Id, ada.Browser)])
        {
            var page = await browser.Get(account.Page("settings/tokens"));
            Assert.Null(page.Document.QuerySelector($"#rotate-{id}"));
            Assert.NotNull(page.Document.QuerySelector($"#revoke-{id}"));
            Assert.Contains("It acts in the name of Kim Admin, who alone can renew it", page.Text, StringComparison.Ordinal);
            foreach (var token in (Guid[])[id, operators])
                Assert.Equal("token.not_yours", (await Rotate(account, person, token)).Refusal?.Code);
        }

        Assert.True((await Rotate(account, kim.Id, id)).Ok);
        await (await ada.Browser.Get(account.Page("settings/tokens"))).Submit($"#revoke-{id} form", new { });
        Assert.Equal("token.revoked", (await program.Call()).Code);
    }

    [Fact]
    public async Task After_a_rotation_the_old_one_works_for_seven_days_more()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var first = (await Make(account, "Website", "campaigns.read")).Find(".copy-line code").TextContent;
        var second = (await (await account.Browser.Get(account.Page("settings/tokens"))).Submit("[id^='rotate-'] form", new { })).Find(".copy-line code").TextContent;
        Assert.NotEqual(first, second);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), ((await own.With(first).Call()).Status, (await own.With(second).Call()).Status));
        own.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await own.With(first).Call()).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        var over = await own.With(first).Call();
        Assert.Equal((HttpStatusCode.Unauthorized, "token.replaced"), (over.Status, over.Code));
        Assert.Equal(HttpStatusCode.OK, (await own.With(second).Call()).Status);
    }

    [Fact]
    public async Task The_old_one_can_be_ended_at_once_and_a_second_rotation_ends_it_too()
    {
        var account = await app.NewAccount();
        var first = (await Make(account, "Website", "campaigns.read")).Find(".copy-line code").TextContent;
        async Task<string> Rotate() => (await (await account.Browser.Get(account.Page("settings/tokens"))).Submit("[id^='rotate-'] form", new { })).Find(".copy-line code").TextContent;
        var second = await Rotate();
        var ended = await (await account.Browser.Get(account.Page("settings/tokens"))).Submit("[id^='end-old-'] form", new { });
        Assert.Contains("The old token is ended", ended.Text, StringComparison.Ordinal);
        Assert.Equal("token.replaced", (await app.With(first).Call()).Code);
        var third = await Rotate();
        await Rotate();
        Assert.Equal("token.unknown", (await app.With(second).Call()).Code);
        Assert.Equal(HttpStatusCode.OK, (await app.With(third).Call()).Status);
    }

    [Fact]
    public async Task Rotating_renews_the_time_and_a_revoked_one_is_gone_with_its_old_one()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (id, program) = await account.Token(own, "campaigns.read", account.OwnerId, days: 30);
        own.Clock.Advance(TimeSpan.FromDays(29));
        var fresh = await Rotate(account, account.OwnerId, id);
        own.Clock.Advance(TimeSpan.FromDays(2));
        // What would have ended by itself does not get longer by being replaced.
        Assert.Equal("token.replaced", (await program.Call()).Code);
        own.Clock.Advance(TimeSpan.FromDays(27));
        Assert.Equal(HttpStatusCode.OK, (await own.With(fresh.Value).Call()).Status);
        await account.In(s => s.GetRequiredService<RevokeTokenHandler>().Handle(new RevokeToken { Id = id }, default));
        Assert.Equal(("token.revoked", "token.revoked"), ((await own.With(fresh.Value).Call()).Code, (await program.Call()).Code));
    }

    [Fact]
    public async Task Owners_are_told_of_a_new_token_and_of_one_that_ends_soon_once()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var kim = await account.Colleague(own, Membership.Admin, name: "Kim Admin");
        await (await kim.Browser.Get(account.Page("settings/tokens"))).Submit("[name='Command.Name']", new { Name = "Website", Scopes = "contacts.read", Days = "30" });
        var today = await (await account.SignIn()).Get($"/a/{account.Slug}");
        Assert.Contains("Kim Admin let a program in with the new token “Website”", today.Text, StringComparison.Ordinal);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from accounts.notice where kind = 'token_made'"));
        var watch = own.Services.GetRequiredService<TokenWatch>();
        own.Clock.Advance(TimeSpan.FromDays(22));
        Assert.Equal(0, await watch.Tell(default));
        own.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((1, 0), (await watch.Tell(default), await watch.Tell(default)));
        Assert.Contains("“Website” ends in 6 days", await account.Ask<string>("select text from accounts.notice where kind = 'token_ending'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accounts_token_is_not_there_to_be_touched()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var (id, program) = await other.Token(app, "campaigns.read", other.OwnerId);
        Assert.Equal("token.unknown", (await mine.In(s => s.GetRequiredService<RotateTokenHandler>().Handle(new RotateToken { Id = id }, default))).Refusal?.Code);
        Assert.Equal("token.unknown", (await mine.In(s => s.GetRequiredService<RevokeTokenHandler>().Handle(new RevokeToken { Id = id }, default))).Refusal?.Code);
        Assert.Equal("token.unknown", (await mine.In(s => s.GetRequiredService<EndOldTokenHandler>().Handle(new EndOldToken { Id = id }, default))).Refusal?.Code);
        Assert.Equal(HttpStatusCode.OK, (await program.Call()).Status);
        Assert.DoesNotContain("by Olivia Owner", (await (await mine.SignIn()).Get(mine.Page("settings/tokens"))).Text, StringComparison.Ordinal);
    }

    private static Task<Result<string>> Rotate(TestAccount account, Guid person, Guid token) => account.In(services =>
    {
        services.GetRequiredService<Actor>().Become(ActorKind.User, person, "Somebody", ["*"]);
        return services.GetRequiredService<RotateTokenHandler>().Handle(new RotateToken { Id = token }, default);
    });

    private static async Task<WebPage> Make(TestAccount account, string name, params string[] scopes) =>
        await (await (await account.SignIn()).Get(account.Page("settings/tokens"))).Submit("[name='Command.Name']", new { Name = name, Scopes = scopes });
}
