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
}
