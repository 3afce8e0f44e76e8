using Plura.Ui;

namespace Plura.Tests;

public sealed class ProfileTests(PluraApp app)
{
    [Fact]
    public async Task A_person_changes_their_name_and_everybody_reads_it()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var saved = await (await browser.Get("/me")).Submit("[name='Command.Name']", new { Name = "Olivia Ohm" });
        Assert.Equal("/me", saved.Url.PathAndQuery);
        Assert.Contains("Hello, Olivia", (await browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        Assert.Equal("Olivia Ohm", await app.Ask<string>("select name from accounts.\"user\" where id = $1", account.OwnerId));
    }

    [Fact]
    public async Task A_name_that_is_missing_is_refused_beside_its_field_and_nothing_else_is_lost()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var refused = await (await browser.Get("/me")).Submit("[name='Command.Name']", new { Name = "", TimeZone = "Asia/Tokyo" });
        Assert.Equal("Enter your name.", refused.Find("#Command-Name-error").TextContent.Trim());
        Assert.True(refused.Find("select[name='Command.TimeZone'] option[value='Asia/Tokyo']").HasAttribute("selected"));
    }

    [Fact]
    public async Task Times_are_read_in_ones_own_zone_where_one_was_chosen()
    {
        await using var own = await app.Another();   // Its clock stands at nine sharp.
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        var tokens = account.Page("settings/tokens");
        var there = (await browser.Get(tokens)).Find("time").GetAttribute("title")!;
        await (await browser.Get("/me")).Submit("[name='Command.Name']", new { TimeZone = "Asia/Tokyo" });
        var here = (await browser.Get(tokens)).Find("time").GetAttribute("title")!;
        // Nine in the morning by the test's clock is four in New York and eighteen in Tokyo.
        Assert.EndsWith("04:00", there, StringComparison.Ordinal);
        Assert.EndsWith("18:00", here, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_and_figures_follow_the_choice_and_words_stay_English()
    {
        await using var own = await app.Another();   // Its clock stands at nine sharp.
        var account = await own.NewAccount();
        var browser = await account.SignIn();
        Assert.Equal("en", (await browser.Get("/me")).Find("html").GetAttribute("lang"));
        await (await browser.Get("/me")).Submit("[name='Command.Name']", new { Language = "en-US" });
        var american = await browser.Get(account.Page("settings/tokens"));
        Assert.Equal("en-US", american.Find("html").GetAttribute("lang"));
        Assert.Contains("Monday, November 2, 2026, 4:00", american.Find("time").GetAttribute("title"), StringComparison.Ordinal);
        await (await browser.Get("/me")).Submit("[name='Command.Name']", new { Language = "de" });
        // The words are English, so the page must not say that they are German.
        Assert.Equal("en", (await browser.Get("/me")).Find("html").GetAttribute("lang"));
    }

    [Fact]
    public void Each_way_of_reading_shows_itself_by_an_example()
    {
        Assert.Equal("3 May 2026, 14:05 · 1,234.50", Reading.Find("en-GB")!.Example);
        Assert.Equal("May 3, 2026, 2:05 pm · 1,234.50", Reading.Find("en-US")!.Example);
        Assert.Equal("3 May 2026, 14:05 · 1.234,50", Reading.Find("de")!.Example);
        Assert.Equal("1,234", Say.Number(1234));
    }

    [Fact]
    public async Task A_zone_or_a_language_that_does_not_exist_is_refused()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var page = await browser.Get("/me");
        Assert.Contains("Choose your time zone from the list.", (await page.Submit("[name='Command.Name']", new { TimeZone = "Mars/Olympus" })).Text, StringComparison.Ordinal);
        Assert.Contains("Choose one from the list.", (await page.Submit("[name='Command.Name']", new { Language = "xx" })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_business_gives_its_telephone_and_website_and_the_footer_shows_them()
    {
        var account = await app.NewAccount();
        var browser = await account.SignIn();
        var letter = new Plura.Messaging.Contracts.LetterContent { Subject = "Hi", Html = "<p>Hello</p>", FromName = "Bakery", FromEmail = "hello@bakery.example" };
        var before = await Rendered(account, letter);
        Assert.DoesNotContain("shop.example", before, StringComparison.Ordinal);
        Assert.Contains("1 High Street, Springfield", before, StringComparison.Ordinal);
        await (await browser.Get(account.Page("settings"))).Submit("[name='Command.PostalAddress']", new { Phone = "+1 555 0100", Website = "www.shop.example/" });
        Assert.Equal("https://www.shop.example/", await app.Ask<string>("select website from accounts.account where id = $1", account.Id));
        var after = await Rendered(account, letter);
        Assert.Contains("+1 555 0100", after, StringComparison.Ordinal);
        Assert.Contains("www.shop.example", after, StringComparison.Ordinal);
        var refused = await (await browser.Get(account.Page("settings"))).Submit("[name='Command.PostalAddress']", new { Website = "javascript:alert(1)" });
        Assert.Contains("does not look like a website", refused.Text, StringComparison.Ordinal);
    }

    private static Task<string> Rendered(TestAccount account, Plura.Messaging.Contracts.LetterContent letter) => account.In(async services =>
        (await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Plura.Messaging.Letters>(services).Render(letter, null, CancellationToken.None)).Value.Html);
}
