using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Contracts;

namespace Plura.Tests;

/// <summary>The front page offers the demo only where there is one.</summary>
public sealed class OpenDemoTests(PluraApp first)
{
    [Fact]
    public async Task Where_no_demo_is_shown_the_front_page_offers_none()
    {
        var page = await first.NewBrowser().Get("/");
        Assert.Null(page.Document.QuerySelector("form[action='/demo']"));
        Assert.DoesNotContain("demo", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_demo_that_is_not_made_yet_is_said_to_be_on_its_way()
    {
        await using var app = await first.Another("--Plura:Roles=web", "--Plura:Demo=true");
        var page = await app.NewBrowser().Get("/");
        Assert.DoesNotContain("being made", page.Text, StringComparison.Ordinal);
        var waiting = await page.Submit("form[action='/demo']", new { });
        Assert.Contains("The demo is being made", waiting.Text, StringComparison.Ordinal);
        Assert.Contains("Try again in a moment.", waiting.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_who_is_asked_who_they_are_comes_in_once_more_and_goes_on_where_they_were()
    {
        await using var app = await first.Another("--Plura:Roles=web", "--Plura:Demo=true");
        await app.In(null, services => services.GetRequiredService<IDemoAccount>().Ensure("Harbour Street Dental", "US", "America/New_York", "12 Harbour Street, Portland", default));
        var browser = app.NewBrowser();
        await (await browser.Get("/")).Submit("form[action='/demo']", new { });
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asked = await browser.Get("/a/demo/settings/tokens");
        Assert.Equal("/confirm-it-is-you", asked.Url.AbsolutePath);
        var there = await asked.Submit("form[action='/demo']", new { });
        Assert.Equal("/a/demo/settings/tokens", there.Url.AbsolutePath);
    }
}
