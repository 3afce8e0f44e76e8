using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Data;

namespace Plura.Tests.Campaigns;

public sealed class CampaignPagesTests(PluraApp app)
{
    [Fact]
    public async Task An_owner_writes_reviews_and_sends_a_campaign_and_reads_why()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        await account.Person("Ann");
        var ben = await account.Person("Ben", consent: false);

        Assert.Contains("Write your first campaign", (await browser.Get(account.Page("campaigns"))).Text, StringComparison.Ordinal);
        var composer = await browser.Get(account.Page("campaigns/new"));
        var review = await composer.Submit("plura-composer form", new { Subject = "Autumn service", Html = "<p>Hello {{ contact.first_name }}</p>", audience = "all" }, "Review and send");
        Assert.Contains("Review before sending", review.Text, StringComparison.Ordinal);
        Assert.True(review.Text.Contains("1 person will get it; 1 will not, and why:", StringComparison.Ordinal), review.Text);
        Assert.Contains("For example Ben", review.Text, StringComparison.Ordinal);

        var progress = await review.Submit("[name=when]", new { when = "now" }, "Yes, send it");
        Assert.Contains("Autumn service", progress.Text, StringComparison.Ordinal);
        await account.Settle(app);
        var id = progress.Url.AbsolutePath.Split('/')[^1];
        var done = await browser.Get(progress.Url.AbsolutePath);
        Assert.Contains("2 of 2 people done", done.Text, StringComparison.Ordinal);

        var why = await browser.Get(account.Page($"campaigns/{id}/why/{ben}"));
        Assert.Contains("Why Ben did not get it", why.Text, StringComparison.Ordinal);
        Assert.Contains("there is no permission on record", why.Text, StringComparison.Ordinal);

        var people = await browser.Get(account.Page($"campaigns/{id}/recipients?state=withheld"));
        Assert.Contains("Ben", people.Text, StringComparison.Ordinal);
        var list = await browser.Get(account.Page("campaigns"));
        Assert.Contains("Autumn service", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_cannot_overwrite_each_other_and_no_word_is_lost()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var campaign = await account.Letter();
        var first = await browser.Get(account.Page($"campaigns/{campaign}/edit"));
        var second = await browser.Get(account.Page($"campaigns/{campaign}/edit"));
        await first.Submit("plura-composer form", new { Subject = "From the first window" }, "Save draft");
        var refused = await second.Submit("plura-composer form", new { Subject = "From the second window" }, "Save draft");
        Assert.Contains("changed in another window", refused.Text, StringComparison.Ordinal);
        Assert.Equal("From the second window", refused.Find("[name=Subject]").GetAttribute("value"));
        Assert.Equal("From the first window", (await account.Campaign(campaign)).GetProperty("subject").GetString());

        await refused.Submit("plura-composer form", new { }, "Keep mine");
        Assert.Equal("From the second window", (await account.Campaign(campaign)).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task The_preview_is_the_letter_as_the_chosen_person_reads_it()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var ann = await account.Person("Ann");
        var composer = await browser.Get(account.Page("campaigns/new"));
        var token = composer.Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Subject", "For {{ contact.first_name }}"), new("Html", "<p>Dear {{ contact.first_name }}</p>"), new("contact", ann.ToString())]);
        using var answer = await browser.Send(HttpMethod.Post, account.Page("campaigns/preview"), form, follow: false);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Dear Ann", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.StartsWith("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(0, await account.Ask<long>("select count(*) from campaigns.campaign"));
    }

    [Fact]
    public async Task Whoever_writes_letters_and_may_not_look_at_contacts_sees_nobody_in_the_preview()
    {
        var account = await app.NewAccount();
        var quirina = await account.Person("Quirina");
        var role = (await account.In(s => s.GetRequiredService<KeepRoleHandler>().Handle(new KeepRole { Name = "Writer", Permissions = ["account.use", "campaigns.read", "campaigns.create", "campaigns.edit"] }, default))).Value;
        var writer = (await account.Colleague(app, Membership.Custom, roleId: role)).Browser;
        using var readers = await writer.Send(HttpMethod.Get, account.Page("campaigns/readers?q=quirina"), follow: false);
        Assert.Equal(HttpStatusCode.Forbidden, readers.StatusCode);
        var composer = await writer.Get(account.Page("campaigns/new"));
        Assert.Null(composer.Document.QuerySelector("[data-reader]"));
        var token = composer.Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var (path, contact) in (IEnumerable<(string, string)>)[("preview", quirina.ToString()), ("preview.json", quirina.ToString()), ("test", quirina.ToString()), ("preview", "")])
        {
            using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Subject", "For {{ contact.first_name }}"), new("Html", "<p>Dear {{ contact.first_name }} {{ contact.email }}</p>"), new("contact", contact)]);
            using var answer = await writer.Send(HttpMethod.Post, account.Page($"campaigns/{path}"), form, follow: false);
            var said = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("quirina@people.example", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Dear Quirina", said, StringComparison.Ordinal);
            Assert.Equal(contact.Length == 0, said.Contains("Dear", StringComparison.Ordinal));
        }

        Assert.Equal(0, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'campaigns.send_test'"));
    }

    [Fact]
    public async Task The_export_holds_each_person_with_the_reason()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        await account.Person("Ben", consent: false);
        await account.Person("Ann");
        var campaign = await account.Letter();
        await account.Send(campaign);
        await account.Settle(app);
        using var answer = await browser.Send(HttpMethod.Get, account.Page($"campaigns/{campaign}/recipients.csv?state=withheld"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("ben@people.example,withheld,no_consent", lines[1], StringComparison.Ordinal);
    }
}
