using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Platform;
using Plura.Tests.Architecture;

namespace Plura.Tests;

/// <summary>Dangerous acts ask once more who you are, before the form is shown.</summary>
public sealed class FreshTests(PluraApp first)
{
    [Theory]
    [InlineData("/me/security/authenticator")]
    [InlineData("/me/security/passkeys")]
    public async Task After_ten_minutes_a_page_asks_first_and_then_shows_itself(string path)
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        Assert.Equal(path, (await browser.Get(path)).Url.AbsolutePath);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await browser.Get(path);
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        var wrong = await asked.Submit("[name='Password.Password']", new { Password = Doorway.WrongPassword });
        Assert.Contains("This is not your password", wrong.Errors(), StringComparison.Ordinal);
        Assert.Equal(path, (await wrong.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
        Assert.Equal(path, (await browser.Get(path)).Url.AbsolutePath);
    }

    [Fact]
    public async Task What_is_posted_too_late_is_not_done_and_the_page_says_so()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("settings/tokens"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await page.Submit("[name='Command.Name']", new { Name = "Website", Scopes = "contacts.read" });
        Assert.Equal("/confirm-it-is-you", late.Url.AbsolutePath);
        Assert.Contains("nothing was changed", late.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.api_token where name = 'Website'"));
        var held = await late.Submit("[name='Password.Password']", new { TestAccount.Password });
        Assert.Equal("/confirm-it-is-you/go-on", held.Url.AbsolutePath);
        Assert.Equal("Website", held.Find("[name='Command.Name']").GetAttribute("value"));
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.api_token where name = 'Website'"));
        var done = await held.Submit("[name='Command.Name']", new { });
        Assert.True(await app.Ask<long>("select count(*) from accounts.api_token where name = 'Website'") == 1, $"{done.Status} {done.Url}: {done.Text}");
    }

    [Fact]
    public async Task The_list_of_people_is_looked_at_freely_and_nobody_is_let_in_without_a_proof()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var panel = await browser.Get(account.Page("settings/people?invite=1"));
        Assert.Equal(account.Page("settings/people"), panel.Url.AbsolutePath);
        var asked = await panel.Submit(".side-panel form", new { Emails = "guest@people.example", Role = "admin" });
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        var held = await asked.Submit("[name='Password.Password']", new { TestAccount.Password });
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.invitation"));
        var done = await held.Submit("[name='Command.Emails']", new { });
        Assert.Contains("The invitation is on its way.", done.Text, StringComparison.Ordinal);
    }

    /// <summary>What opens doors, puts many things on an account at once, acts for others, or takes people's data out.</summary>
    [Theory]
    [InlineData("/a/{account}/settings/people")]
    [InlineData("/a/{account}/settings/roles")]
    [InlineData("/a/{account}/settings/tokens")]
    [InlineData("/a/{account}/settings/support")]
    [InlineData("/a/{account}/settings/close")]
    [InlineData("/a/{account}/settings/snapshots/{id:guid}")]
    [InlineData("/a/{account}/settings/activity/export")]
    [InlineData("/a/{account}/settings/export")]
    [InlineData("/a/{account}/contacts/export")]
    [InlineData("/a/{account}/campaigns/{id:guid}/recipients.csv")]
    [InlineData("/g/{agency}/people")]
    [InlineData("/g/{agency}/apps")]
    [InlineData("/g/{agency}/apps/{id:guid}")]
    [InlineData("/g/{agency}/brand")]
    [InlineData("/g/{agency}/accounts/{id:guid}")]
    [InlineData("/g/{agency}/snapshots/{id:guid}")]
    [InlineData("/g/{agency}/support/{id:guid}/enter")]
    [InlineData("/operator/support/{id:guid}/enter")]
    [InlineData("/me/leave")]
    [InlineData("/operator/work")]
    [InlineData("/operator/unclear")]
    [InlineData("/operator/announcements")]
    [InlineData("/operator/hosts")]
    [InlineData("/operator/accounts/{id:guid}")]
    [InlineData("/operator/review/{id:guid}")]
    [InlineData("/operator/log/export")]
    public void Dangerous_acts_ask_for_a_proof(string pattern)
    {
        var doors = EndpointRules.Ours(first.Services.GetRequiredService<EndpointDataSource>()).Where(e => EndpointRules.Pattern(e).Equals(pattern, StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.NotEmpty(doors);
        Assert.All(doors, door => Assert.NotNull(door.Metadata.GetMetadata<FreshAttribute>()));
    }

    [Fact]
    public async Task A_late_export_leads_back_to_its_list()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var id = Guid.CreateVersion7(app.Clock.GetUtcNow());
        using var asked = await browser.Send(HttpMethod.Get, account.Page($"campaigns/{id}/recipients.csv"), follow: false);
        Assert.Equal($"/confirm-it-is-you?return={Uri.EscapeDataString(account.Page($"campaigns/{id}/recipients"))}", asked.Headers.Location?.ToString());
    }

    [Fact]
    public async Task What_waits_is_one_persons_and_holds_no_secret()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("settings/tokens"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        using var form = new FormUrlEncodedContent([
            new("__RequestVerificationToken", page.Find("[name=__RequestVerificationToken]").GetAttribute("value")!), new("_handler", "create-token"), new("Command.Name", "Website"), new("Command.Password", "not to be kept")]);
        using var answer = await browser.Send(HttpMethod.Post, account.Page("settings/tokens"), form, follow: false);
        Assert.False((await (await app.NewAccount()).Browser.Get("/confirm-it-is-you/go-on")).Html.Contains("Website", StringComparison.Ordinal));
        var held = await browser.Get("/confirm-it-is-you/go-on");
        Assert.Contains("Website", held.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("not to be kept", held.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing waits", (await browser.Get("/confirm-it-is-you/go-on")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_the_app_confirms_too_and_only_once()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var (phone, _) = await account.SetUpApp(app);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var code = phone.CodeAt(app.Clock.GetUtcNow());
        var inside = await (await browser.Get("/me/security/passkeys")).Submit("[name='Code.Code']", new { Code = code });
        Assert.Equal("/me/security/passkeys", inside.Url.AbsolutePath);
        var again = await (await browser.Get("/confirm-it-is-you")).Submit("[name='Code.Code']", new { Code = code });
        Assert.Contains("used already", again.Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_an_app_proves_it_by_a_code_and_not_by_the_password_alone()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var (_, codes) = await account.SetUpApp(app);
        var open = await browser.Get("/me/security/authenticator");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await open.Submit("#turn-off form", new { });
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        Assert.Null(asked.Document.QuerySelector("[name='Password.Password']"));
        var alone = await app.In(null, services =>
        {
            services.GetRequiredService<Actor>().Become(ActorKind.User, account.OwnerId, "Olivia Owner", []);
            return services.GetRequiredService<ConfirmItIsYouHandler>().Handle(new ConfirmItIsYou { By = ProvenBy.Password, Password = TestAccount.Password }, default);
        });
        Assert.Equal("confirm.code_needed", alone.Refusal?.Code);
        Assert.Equal("/confirm-it-is-you", (await browser.Get("/me/security/passkeys")).Url.AbsolutePath);
        Assert.Equal(1, await app.Ask<long>("select count(*) from accounts.authenticator where user_id = $1", account.OwnerId));

        // Without the phone, by a recovery code.
        var confirmed = await (await browser.Get("/me/security/authenticator")).Submit("[name='Code.Code']", new { Code = codes[0] });
        Assert.Equal("/me/security", (await confirmed.Submit("#turn-off form", new { })).Url.AbsolutePath);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.authenticator where user_id = $1", account.OwnerId));
    }

    [Fact]
    public async Task Daily_pages_never_ask()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await browser.IsInside(account));
        Assert.Equal("/me/security", (await browser.Get("/me/security")).Url.AbsolutePath);
    }

    [Fact]
    public async Task The_way_back_never_leads_to_another_site()
    {
        var account = await first.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get("/confirm-it-is-you?return=" + Uri.EscapeDataString("/\t/evil.example"));
        Assert.Equal($"/a/{account.Slug}", (await page.Submit("[name='Password.Password']", new { TestAccount.Password })).Url.AbsolutePath);
    }
}
