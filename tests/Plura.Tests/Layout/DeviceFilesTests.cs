namespace Plura.Tests.Layout;

/// <summary>What a browser fetches to have the product on a phone.</summary>
public sealed class DeviceFilesTests(PluraApp app)
{
    [Fact]
    public async Task The_manifest_names_icons_that_are_there()
    {
        var browser = app.NewBrowser();
        using var answer = await browser.Send(HttpMethod.Get, "/manifest.webmanifest");
        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType!.MediaType);
        var manifest = await browser.GetJson("/manifest.webmanifest");
        Assert.Equal(("PluraOS", "standalone", "/"), (manifest.GetProperty("name").GetString(), manifest.GetProperty("display").GetString(), manifest.GetProperty("scope").GetString()));
        var icons = manifest.GetProperty("icons").EnumerateArray().ToList();
        Assert.Equal(["192x192", "512x512", "512x512 maskable", "any"], icons.Select(i => i.GetProperty("sizes").GetString() + (i.GetProperty("purpose").GetString() == "maskable" ? " maskable" : "")));
        foreach (var icon in icons)
        {
            using var picture = await browser.Send(HttpMethod.Get, icon.GetProperty("src").GetString()!);
            Assert.Equal((System.Net.HttpStatusCode.OK, icon.GetProperty("type").GetString()), (picture.StatusCode, picture.Content.Headers.ContentType!.MediaType));
        }
    }

    [Fact]
    public async Task The_service_worker_stands_at_the_root_and_is_looked_for_anew_each_time()
    {
        using var answer = await app.NewBrowser().Send(HttpMethod.Get, "/sw.js");
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_page_says_whose_it_is_by_a_mark_and_for_how_long_a_copy_is_good()
    {
        var account = await app.NewAccount();
        Assert.Null((await account.Browser.Get("/")).Document.QuerySelector("meta[name=plura-person]"));
        var mine = (await (await account.SignIn()).Get(account.Page("contacts"))).Find("meta[name=plura-person]");
        Assert.Equal("1800", mine.GetAttribute("data-keep"));
        Assert.DoesNotContain(account.OwnerId.ToString("N"), mine.GetAttribute("content")!, StringComparison.Ordinal);
        var stays = (await app.EnterFromElsewhere(account, stay: true)).Browser;
        var again = (await stays.Get(account.Page("contacts"))).Find("meta[name=plura-person]");
        Assert.Equal((mine.GetAttribute("content"), "604800"), (again.GetAttribute("content"), again.GetAttribute("data-keep")));
        var colleague = await account.Colleague(app);
        Assert.NotEqual(mine.GetAttribute("content"), (await colleague.Browser.Get(account.Page("contacts"))).Find("meta[name=plura-person]").GetAttribute("content"));
    }

    [Fact]
    public async Task The_page_without_a_connection_is_the_same_for_everybody()
    {
        var account = await app.NewAccount();
        var visitor = await app.NewBrowser().Get("/offline");
        Assert.Contains("You are offline", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is lost", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("__RequestVerificationToken", visitor.Html, StringComparison.Ordinal);
        Assert.Equal(visitor.Text, (await (await account.SignIn()).Get("/offline")).Text);
    }
}
