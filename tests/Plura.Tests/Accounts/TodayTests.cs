using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Tests.Contacts;
using Plura.Tests.Opportunities;

namespace Plura.Tests;

/// <summary>The page that people see first says what to do next, and later how things stand.</summary>
public sealed class TodayTests(PluraApp app)
{
    [Fact]
    public async Task A_new_account_is_led_to_its_first_steps()
    {
        var account = await app.NewAccount();
        var inside = await account.SignIn();
        var page = await inside.Get($"/a/{account.Slug}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Bring your contacts", page.Text, StringComparison.Ordinal);
        Assert.Contains("Write your first campaign", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_counted_and_the_newest_campaigns_named()
    {
        var account = await app.NewAccount();
        await account.In(async services => Assert.True((await services.GetRequiredService<CreateContactHandler>().Handle(new CreateContact { FirstName = "Ann", Email = "ann@reader.example" }, default)).Ok));
        await account.Api.PostJson("/api/v1/campaigns", new { name = "Spring news", subject = "Spring", html = "<p>Hello</p>", audience = new { all = true } });
        var page = await (await account.SignIn()).Get($"/a/{account.Slug}");
        Assert.Contains("New this week", page.Text, StringComparison.Ordinal);
        Assert.Contains("Spring news", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bring your contacts", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_number_of_people_leads_to_those_people()
    {
        var account = await app.NewAccount();
        foreach (var (name, days) in new[] { ("Now", 0), ("Yesterday", 1), ("Last week", 8), ("Long ago", 31) })
            await app.Do("update contacts.contact set created_at = created_at - make_interval(days => $2) where id = $1", await account.Create(name), days);
        var today = await (await account.SignIn()).Get($"/a/{account.Slug}");
        Assert.Equal(["Now", "Yesterday"], await Led(account, today, "New this week", 2));
        Assert.Equal(["Last week", "Now", "Yesterday"], await Led(account, today, "New this month", 3));
        Assert.Equal(["Last week", "Long ago", "Now", "Yesterday"], await Led(account, today, "Contacts", 4));
        var week = await account.Browser.Get(Figure(today, "New this week").GetAttribute("href")!);
        Assert.Contains("Added in the last 7 days", week.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_number_of_opportunities_leads_to_those_opportunities_and_the_month_is_that_of_the_business()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (_, stages) = await account.Pipeline();
        var (_, others) = await account.Pipeline("Repairs");
        var ann = await account.Create("Ann");
        await account.Opportunity(ann, stages[0], "Late", closeOn: "2026-11-10");
        await account.Opportunity(ann, others[0], "Soon", closeOn: "2026-11-30");
        await account.Opportunity(ann, stages[2], "Next month", value: 100000, closeOn: "2026-12-01");
        await account.Mark(await account.Opportunity(ann, stages[0], "Won", closeOn: "2026-11-20"), "won");
        // In London it is December, in the business's New York the last evening of November.
        own.Clock.Advance(new DateTimeOffset(2026, 12, 1, 2, 0, 0, TimeSpan.Zero) - own.Clock.GetUtcNow());
        await account.Opportunity(ann, stages[0], "New");
        var today = await (await account.SignIn()).Get($"/a/{account.Slug}");
        Assert.Equal(["Late", "Soon"], await Led(account, today, "Expected this month", 2));
        Assert.Equal(["Late", "Soon"], await Led(account, today, "Waiting too long", 2));
        Assert.Equal(["Late", "New", "Next month", "Soon"], await Led(account, today, "Open opportunities", null));
        Assert.Equal("$1,000", Figure(today, "Open opportunities").QuerySelector(".figure-value")!.TextContent.Replace(".00", "", StringComparison.Ordinal));
        Assert.Equal("4 opportunities", Figure(today, "Open opportunities").QuerySelector(".figure-note")!.TextContent);
    }

    [Fact]
    public async Task What_is_due_today_stands_there_and_the_rest_is_led_to()
    {
        var account = await app.NewAccount();
        for (var n = 0; n < 8; n++)
            await account.Api.PostJson("/api/v1/tasks", new { title = $"Call {n}", assignee = account.OwnerId, due = "2026-11-02" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Of nobody", due = "2026-11-02" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Of later", assignee = account.OwnerId, due = "2026-12-02" });
        var today = await (await account.SignIn()).Get($"/a/{account.Slug}");
        // Not in the whole page: news of them stands in its head.
        Assert.Equal(6, Enumerable.Range(0, 8).Count(n => today.Find(".task-group").TextContent.Contains($"Call {n}", StringComparison.Ordinal)));
        var list = await today.Click("And 2 more");
        Assert.All(Enumerable.Range(0, 8), n => Assert.Contains($"Call {n}", list.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("Of nobody", list.Text, StringComparison.Ordinal);
    }

    private static IElement Figure(WebPage page, string label) => page.Document.QuerySelectorAll(".figure").Single(f => f.QuerySelector(".figure-label")!.TextContent == label);

    /// <summary>The names to which a figure leads, after its number was looked at.</summary>
    private static async Task<IEnumerable<string>> Led(TestAccount account, WebPage today, string label, int? number)
    {
        var figure = Figure(today, label);
        if (number is { } expected)
            Assert.Equal(expected.ToString(System.Globalization.CultureInfo.InvariantCulture), figure.QuerySelector(".figure-value")!.TextContent);
        var list = await account.Browser.Get(figure.GetAttribute("href")!);
        return list.Document.QuerySelectorAll("td.main a").Select(a => a.TextContent.Trim()).Order(StringComparer.Ordinal);
    }
}
