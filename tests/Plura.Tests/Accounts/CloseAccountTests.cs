using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Platform;
using Plura.Tests.Architecture;
using Plura.Tests.Campaigns;
using Plura.Tests.Sites;

namespace Plura.Tests;

public sealed class CloseAccountTests(PluraApp app)
{
    [Fact]
    public async Task The_page_says_what_happens_and_when_offers_the_file_first_and_asks_for_the_name()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("settings/close"));
        Assert.Contains("2 December 2026", page.Text, StringComparison.Ordinal);
        Assert.Contains("2 November 2028", page.Text, StringComparison.Ordinal);
        Assert.True(page.Html.IndexOf("/settings/export", StringComparison.Ordinal) < page.Html.IndexOf("close-account", StringComparison.Ordinal), "The file is offered first.");

        var refused = await page.Submit("[name='Command.Name']", new { Name = "Another Bakery" });
        Assert.Contains("That is not this account's name", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.account_closure where account_id = $1", account.Id));
        var closed = await refused.Submit("[name='Command.Name']", new { Name = "corner bakery" });
        Assert.Contains("The account is closed. Nothing leaves it any more.", closed.Text, StringComparison.Ordinal);
        Assert.Contains("This account is closed", (await account.Browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.close' and actor_id = $1", account.OwnerId));
    }

    [Fact]
    public async Task Only_an_owner_closes()
    {
        var account = await app.NewAccount();
        var admin = await account.Colleague(app, Membership.Admin);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Browser.Get(account.Page("settings/close"))).Status);
        using var taken = await admin.Browser.Send(HttpMethod.Post, account.Page("settings/export"), follow: false);
        Assert.Equal(HttpStatusCode.Forbidden, taken.StatusCode);
    }

    [Fact]
    public async Task What_runs_stops_and_stays_stopped_when_it_is_opened_again()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Person("Ann");
        var (going, waiting) = (await account.Letter(), await account.Letter(subject: "Later"));
        await account.Send(going);
        await account.Work();
        await account.Send(waiting, at: "2026-11-20T10:00:00");
        var form = await account.Form(doubleOptIn: false);
        var asked = await own.NewBrowser().Get($"/f/{form.Key}");
        await account.CloseIt(own);
        await account.Settle(own);
        Assert.Equal(0, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        Assert.Equal("paused", await account.Ask<string>("select state from campaigns.campaign where id = $1", going));
        Assert.Equal("draft", await account.Ask<string>("select state from campaigns.campaign where id = $1", waiting));

        Assert.Contains("no longer takes answers here", (await own.NewBrowser().Get($"/f/{form.Key}")).Text, StringComparison.Ordinal);
        var late = await asked.Submit("form", new { email = "nora@visitors.example" });
        Assert.Equal(HttpStatusCode.Gone, late.Status);
        Assert.Equal(0, await account.Ask<long>("select count(*) from sites.form_submission"));
        await account.Refused("/api/v1/contacts", new { firstName = "New" }, HttpStatusCode.Forbidden);

        var open = await account.OpenAgain();
        Assert.Contains("The account is open again.", open.Text, StringComparison.Ordinal);
        await account.Settle(own);
        Assert.Equal(0, await own.Ask<long>("select count(*) from dev.message where recipient = 'ann@people.example'"));
        Assert.Equal("paused", (await account.Campaign(going)).State());
        await account.Person("Ben");
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.reopen'"));
    }

    [Fact]
    public async Task In_the_grace_every_write_of_the_route_table_is_refused_and_every_page_of_reading_works()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        var home = await LivedIn.In(own, account);
        await account.CloseIt(own);
        var wrong = new List<string>();
        var (refused, read) = (0, 0);
        var before = await Contents(own, account);
        foreach (var door in EndpointRules.Ours(own.Services.GetRequiredService<EndpointDataSource>()))
        {
            var pattern = EndpointRules.Pattern(door);
            var api = pattern.StartsWith("/api/v1", StringComparison.Ordinal);
            if (!api && !pattern.StartsWith("/a/", StringComparison.OrdinalIgnoreCase))
                continue;
            var methods = EndpointRules.IsPage(door) ? ["GET", "POST"] : EndpointRules.Methods(door).Where(m => m is not "HEAD").ToArray();
            foreach (var method in methods.Where(_ => !pattern.EndsWith("/live", StringComparison.Ordinal)))
            {
                using var answer = await (api ? account.Api : inside).Send(HttpMethod.Parse(method), home.Paths(door).First(), follow: false);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var said = answer.StatusCode == HttpStatusCode.Forbidden && (text.Contains("This account is closed", StringComparison.Ordinal) || text.Contains("account.closed", StringComparison.Ordinal));
                var permission = door.Metadata.GetMetadata<PermissionAttribute>()!.Name;
                var readable = own.Services.GetServices<IModule>().SelectMany(m => m.Permissions).Single(p => p.Name == permission).WhenClosed;
                if (method != "GET" || api)
                {
                    refused++;
                    if (door.Metadata.GetMetadata<StaysWhenClosedAttribute>() is null ? !said : said)
                        wrong.Add($"{method} {pattern}: {(int)answer.StatusCode}");
                }
                else if (readable)
                {
                    read++;
                    if ((int)answer.StatusCode is not (200 or 302 or 404))
                        wrong.Add($"{method} {pattern}: {(int)answer.StatusCode}");
                }
                else if (!said)
                {
                    wrong.Add($"{method} {pattern}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(refused > 60 && read >= 10, $"{refused} refused, {read} read");
        Assert.Equal(before, await Contents(own, account));
    }

    [Fact]
    public async Task Support_looks_at_a_closed_account_and_changes_nothing_and_later_it_is_not_there()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await house.Grant(may: "work", hours: "168");
        await house.Enter();
        await house.Shop.CloseIt(own);
        Assert.Equal(HttpStatusCode.OK, (await house.Desk.Get(house.Shop.Page("contacts"))).Status);
        using var write = await house.Desk.Send(HttpMethod.Post, house.Shop.Page("contacts/new"), follow: false);
        Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);
        Assert.Contains("Its owner closed this account", (await house.Desk.Get(house.At($"accounts/{house.Shop.Id}"))).Text, StringComparison.Ordinal);
        Assert.Contains("Closed", (await house.Desk.Get(house.At("") + "?state=closed")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_of_a_closed_account_offers_nothing_that_is_refused()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.In(async services =>
        {
            services.GetRequiredService<INotices>().Post("import_done", "Your import is finished.", "contacts");
            await services.GetRequiredService<PluraDb>().SaveChangesAsync();
        });
        await account.CloseIt(own);
        var today = await account.Browser.Get(account.Page(""));
        Assert.Null(today.Document.QuerySelector("form[action*='/notices/']"));
        Assert.DoesNotContain("New campaign", today.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await today.Click("Open")).Status);
    }

    [Fact]
    public async Task The_operators_desk_calls_it_closed_with_its_days_and_offers_nothing_that_has_no_effect()
    {
        await using var own = await app.Another();
        var (staff, account) = (await OperatorStaff.At(own), await own.NewAccount());
        await account.CloseIt(own);
        var page = await staff.Get($"accounts/{account.Id}");
        foreach (var said in (string[])["Its owner closed this account", "2 December 2026", "2 November 2028"])
            Assert.Contains(said, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Stop its sending", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Vouch for it", page.Text, StringComparison.Ordinal);
        Assert.Contains("Closed", (await staff.Get("accounts?state=closed")).Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Corner Bakery", (await staff.Get("accounts?state=open")).Text, StringComparison.Ordinal);
        foreach (var refused in await own.In(null, async services => new[]
        {
            (await services.GetRequiredService<Plura.Accounts.StopAccountHandler>().Handle(new Plura.Accounts.StopAccount { AccountId = account.Id, Reason = "Late" }, default)).Refusal,
            (await services.GetRequiredService<Plura.Accounts.VouchForAccountHandler>().Handle(new Plura.Accounts.VouchForAccount { AccountId = account.Id, Vouch = true }, default)).Refusal,
        }))
            Assert.Equal("account.closed", refused?.Code);
    }

    [Fact]
    public async Task Stopped_and_closed_its_people_can_still_answer()
    {
        await using var own = await app.Another();
        var (staff, account) = (await OperatorStaff.At(own), await own.NewAccount());
        await staff.Stop(account, "Where do these addresses come from?");
        await account.CloseIt(own);
        var page = await (await account.Browser.Get(account.Page(""))).Click("Read why and answer");
        Assert.Contains("The account is closed besides", page.Text, StringComparison.Ordinal);
        var answered = await page.Submit("textarea[name='Command.Text']", new { Text = "From the sheet on our counter." });
        Assert.Contains("Your answer is with us", answered.Text, StringComparison.Ordinal);
        Assert.Contains("From the sheet on our counter.", (await staff.Get($"review/{await own.Ask<Guid>("select id from accounts.account_stop where account_id = $1", account.Id)}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_owner_of_a_closed_account_may_leave_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.CloseIt(own);
        var mine = await account.Browser.Get("/me/accounts");
        Assert.Contains("Corner Bakery", mine.Find("tbody a").TextContent, StringComparison.Ordinal);
        Assert.Contains("Closed", mine.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Corner Bakery", (await account.Browser.Get("/me/notifications")).Find("main").TextContent, StringComparison.Ordinal);
        var left = await mine.Submit("dialog form", new { });
        Assert.Contains("You have left the account.", left.Text, StringComparison.Ordinal);
        Assert.Equal(0, await own.Ask<long>("select count(*) from accounts.membership where account_id = $1", account.Id));
        own.Clock.Advance(TimeSpan.FromDays(740));
        await own.TellTheDatabase();
        Assert.Equal(1, await own.Services.GetRequiredService<Plura.Accounts.AccountEnds>().Purge(default));
    }

    [Fact]
    public async Task After_the_grace_nobody_comes_in_and_it_is_too_late_to_open_it()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.SignIn();
        await account.CloseIt(own);
        own.Clock.Advance(AccountClosure.Grace - TimeSpan.FromMinutes(1));
        Assert.Contains("This account is closed", (await account.ClosingPage()).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await account.Browser.Get(account.Page("contacts"))).Status);
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.NotFound, (await account.Browser.Get(account.Page("contacts"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await account.Browser.Get(account.Page("settings/close"))).Status);
        Assert.DoesNotContain($"/a/{account.Slug}", (await account.Browser.Get("/accounts?all=true")).Html, StringComparison.Ordinal);
        Assert.Contains("Corner Bakery", (await account.Browser.Get("/me/accounts")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_get_a_letter_at_closing_seven_days_before_the_grace_ends_and_at_opening_again()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.SignIn();
        await account.CloseIt(own);
        var letter = await own.Letter(account.Owner(), "Corner Bakery is closed");
        Assert.Contains("2 December 2026", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains($"/a/{account.Slug}/settings/close", letter.TextBody, StringComparison.Ordinal);

        var ends = own.Services.GetRequiredService<Plura.Accounts.AccountEnds>();
        own.Clock.Advance(TimeSpan.FromDays(22));
        Assert.Equal(0, await ends.Warn(default));
        own.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await ends.Warn(default));
        Assert.Equal(0, await ends.Warn(default));
        await own.Letter(account.Owner(), "Corner Bakery: seven days left to look and take out");
        Assert.Single(await own.Letters(account.Owner()), l => l.Subject!.Contains("seven days left", StringComparison.Ordinal));

        await account.OpenAgain();
        await own.Letter(account.Owner(), "Corner Bakery is open again");
    }

    [Fact]
    public async Task The_account_from_which_the_installation_writes_cannot_be_closed() => await app.In(
        await app.Ask<Guid>("select id from accounts.account where slug = 'operator'"),
        async services =>
        {
            var refused = await services.GetRequiredService<Plura.Accounts.CloseAccountHandler>().Handle(new Plura.Accounts.CloseAccount { Name = "Operator" }, default);
            Assert.Equal("account.operator", refused.Refusal?.Code);
        });

    /// <summary>How many rows of the account there are, table by table; who looked stands in the log, and a session and a mail of the installation are not the account's.</summary>
    private static async Task<string> Contents(PluraApp own, TestAccount account)
    {
        await using var owner = await own.OpenOwner();
        var counts = new List<string>();
        foreach (var row in await owner.Rows("select relation::text, key from platform.tenant_table where relation::text not in ('privacy.audit_entry', 'privacy.audit_link', 'platform.outbox_message') order by 1"))
            counts.Add($"{row[0]} {await owner.Ask<long>($"select count(*) from {row[0]} where {row[1]} = $1", account.Id)}");
        return string.Join('\n', counts);
    }
}
