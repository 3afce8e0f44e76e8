using System.Net;
using Plura.Contacts;
using Plura.Tests.Campaigns;
using Plura.Tests.Contacts;

namespace Plura.Tests.Privacy;

public sealed class AuditPagesTests(PluraApp app)
{
    [Fact]
    public async Task Each_line_is_a_sentence_with_the_names_of_today()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await (await browser.Get(account.Page("contacts/new"))).Submit(".panel form", new { FirstName = "Anna", LastName = "Ames", Email = "anna@example.com" });
        await (await browser.Get(page.Url.PathAndQuery + "?edit=1")).Submit("[name='Command.FirstName']", new { Company = "Bakery" });
        await account.Log(app);
        var activity = await browser.Get(account.Page("settings/activity"));
        Assert.Contains("Olivia Owner changed Anna Ames", activity.Text, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner added Anna Ames", activity.Text, StringComparison.Ordinal);
        Assert.Contains("This machine", activity.Text, StringComparison.Ordinal);
        Assert.Contains("/contacts/", activity.Find("td.main a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_filtered_by_what_was_done_by_whom_when_and_about_whom()
    {
        var account = await app.NewAccount();
        var (ann, _) = (await account.Person("Ann"), await account.Person("Ben"));
        var browser = await account.SignIn();
        var contact = await browser.Get(account.Page($"contacts/{ann}"));
        await account.Log(app);
        var about = await contact.Click("Who looked at this contact");
        Assert.Contains("Olivia Owner looked at Ann", about.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ben", about.Find("table.rows").TextContent, StringComparison.Ordinal);

        var looks = await browser.Get(account.Page("settings/activity?group=Look"));
        Assert.DoesNotContain("added", looks.Find("table.rows").TextContent, StringComparison.Ordinal);
        var mine = await browser.Get(account.Page($"settings/activity?person={account.OwnerId}"));
        Assert.DoesNotContain("The program Test", mine.Find("table.rows").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing here", (await browser.Get(account.Page("settings/activity?to=2020-01-01"))).Text, StringComparison.Ordinal);
        Assert.Contains("There is no such filter", (await browser.Get(account.Page("settings/activity?group=nonsense"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_read_page_by_page_without_losing_or_repeating_a_line()
    {
        var account = await app.NewAccount();
        for (var i = 0; i < 60; i++)
            await account.Person($"Person{i}", consent: false);
        var browser = await account.SignIn();
        var first = await browser.Get(account.Page("settings/activity?group=People"));
        var second = await first.Click("Next");
        var names = first.All("td.main a").Concat(second.All("td.main a")).ToList();
        Assert.Equal(60, names.Count);
        Assert.Equal(60, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_is_gone_is_said_so_and_nothing_breaks()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        (await account.Api.Delete($"/api/v1/contacts/{ann}")).Dispose();
        await app.Do("delete from accounts.api_token where account_id = $1", account.Id);
        var page = await (await account.SignIn()).Get(account.Page("settings/activity"));
        Assert.Contains("A program that was removed added a contact who is gone", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_holds_numbers_and_hashes_is_safe_for_spreadsheets_and_is_on_record_itself()
    {
        var account = await app.NewAccount();
        await account.TryCreate(new CreateContact { FirstName = "=1+1", Email = "anna@example.com" });
        var id = await account.Person("=cmd", consent: false);
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("settings/activity"));
        var file = await page.Submit("form[action$='activity/export']", new { });
        Assert.Equal(HttpStatusCode.OK, file.Status);
        Assert.Contains("In words", file.Html, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), file.Html, StringComparison.Ordinal);
        Assert.Contains("The program Test added =cmd", file.Html, StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower((await account.Ask<byte[]>("select hash from privacy.audit_link where seq = 1"))!);
        Assert.Contains(hash, file.Html, StringComparison.Ordinal);
        Assert.Single(await account.Log(app), e => e.Act == "account.export_activity");
    }

    [Fact]
    public async Task Another_accounts_log_does_not_exist()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var browser = await mine.SignIn();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(other.Page("settings/activity"))).Status);
    }
}
