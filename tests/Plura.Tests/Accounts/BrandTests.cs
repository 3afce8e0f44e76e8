using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Accounts;
using Plura.Tests.Messaging;
using Plura.Tests.Sites;

namespace Plura.Tests;

public sealed class BrandTests(PluraApp app)
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task Accounts_wear_their_agencys_name_logo_and_colour()
    {
        var house = await AgencyHouse.Open(app);
        var saved = await Save(house, new { Name = "Sunrise", Accent = "#7A3CFF", Logo = new UploadedFile("logo.svg", Png, "image/svg+xml") });
        Assert.Contains("Saved.", saved.Text, StringComparison.Ordinal);
        var inside = await house.Owner.Get($"/a/{house.Shop.Slug}");
        Assert.EndsWith("· Sunrise", inside.Document.Title, StringComparison.Ordinal);
        Assert.Equal("Sunrise", inside.Find(".shell-side .brand-mark img").GetAttribute("alt"));
        // On a phone there is no side.
        Assert.Equal("Sunrise", inside.Find(".shell-top .only-phone .brand-mark img").GetAttribute("alt"));
        Assert.StartsWith("/brand/", inside.Find("link[rel=icon]").GetAttribute("href"), StringComparison.Ordinal);

        using var sheet = await house.Owner.Send(HttpMethod.Get, inside.Find("link[rel=stylesheet][href^='/brand/']").GetAttribute("href")!);
        Assert.Contains("--accent: light-dark(#7a3cff, ", await sheet.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("immutable", sheet.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var logo = await house.Owner.Send(HttpMethod.Get, inside.Find(".shell-side .brand-mark img").GetAttribute("src")!);
        // Its type is what its content is, whatever the browser said.
        Assert.Equal("image/png", logo.Content.Headers.ContentType?.MediaType);
        Assert.Contains("sandbox", Assert.Single(logo.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        // What happens by itself in the account happens by that name too.
        await house.Shop.In(async services =>
        {
            services.GetRequiredService<Plura.Platform.IAudit>().Note("account.retry_work", about: null);
            await services.GetRequiredService<Plura.Platform.PluraDb>().SaveChangesAsync();
        });
        var log = (await house.Owner.Get(house.Shop.Page("settings/activity"))).Find("main").TextContent;
        Assert.Contains("Sunrise", log, StringComparison.Ordinal);
        Assert.DoesNotContain("PluraOS", log, StringComparison.Ordinal);

        var stranger = await (await app.NewAccount()).SignIn();
        Assert.Null((await stranger.Get(stranger.Url.AbsolutePath)).Document.QuerySelector("link[href^='/brand/']"));
    }

    [Fact]
    public async Task Forms_and_preference_pages_wear_it_too()
    {
        var letter = await SentLetter.Send(app);
        await app.Do("insert into accounts.agency_brand (agency_id, name, accent, version, has_logo) select agency_id, 'Sunrise', '#7a3cff', 1, false from accounts.account where id = $1", letter.Account.Id);
        foreach (var path in (string[])[letter.Preferences, letter.Unsubscribe])
        {
            var page = await letter.Reader.Get(path);
            Assert.NotNull(page.Document.QuerySelector("head link[href^='/brand/']"));
            Assert.Equal("Sunrise", page.Find(".wordmark").TextContent.Trim());
            Assert.EndsWith("· Sunrise", page.Document.Title, StringComparison.Ordinal);
        }

        var form = await letter.Account.Form(doubleOptIn: true);
        await app.FillIn(form, $"nora-{letter.Account.Slug}@people.example", tick: true);
        var confirm = await letter.Account.In(async services => services.GetRequiredService<Plura.Sites.ConsentRequest>().Token(await app.Ask<Guid>("select id from sites.form_submission where tenant_id = $1", letter.Account.Id)));
        foreach (var path in (string[])[$"/f/{form.Key}", $"/f/{form.Key}/confirm/{confirm}"])
        {
            var page = await letter.Reader.Get(path);
            Assert.NotNull(page.Document.QuerySelector("head link[rel=stylesheet][href^='/brand/']"));
            Assert.Equal("Sunrise", page.Find("main .brand-mark").TextContent.Trim());
            Assert.DoesNotContain("PluraOS", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("mark.svg", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Letters_of_the_installation_to_its_people_wear_name_and_colour()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await Save(house, new { Name = "Sunrise", Accent = "#7a3cff" });
        await house.Shop.AskForLetter();
        await house.Shop.Work();
        await own.Services.GetRequiredService<Plura.Messaging.Pump>().RunDue(CancellationToken.None);
        var source = await own.Ask<byte[]>("select source from dev.message where recipient = $1", $"owner@{house.Shop.Slug}.example");
        using var stream = new MemoryStream(source!);
        var mail = await MimeMessage.LoadAsync(stream, CancellationToken.None);
        Assert.Equal("Sunrise", mail.From.Mailboxes.Single().Name);
        Assert.Contains("#7a3cff", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#ffee00")]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#808080")]
    [InlineData("#0b6b74")]
    [InlineData("#ff2d55")]
    public void Every_colour_gives_shades_that_can_be_read_in_light_and_dark(string accent)
    {
        var palette = Palette.Of(accent)!;
        foreach (var (words, ground) in ((string, string)[])
        [
            (palette.Light, "#ffffff"), (palette.Light, "#f6f8f8"), (palette.Light, "#eff3f3"), ("#ffffff", palette.Light), ("#ffffff", palette.LightStrong), (palette.LightStrong, palette.LightSoft),
            (palette.Dark, "#161d1f"), (palette.Dark, "#0f1416"), (palette.Dark, "#1d2628"), (palette.DarkOn, palette.Dark), (palette.DarkOn, palette.DarkStrong), (palette.DarkStrong, palette.DarkSoft),
        ])
            Assert.True(Palette.Contrast(words, ground) >= Palette.Enough, $"{accent}: {words} on {ground} has {Palette.Contrast(words, ground):0.00}");
    }

    [Fact]
    public async Task A_colour_that_is_too_light_is_adjusted_and_the_page_says_so()
    {
        var house = await AgencyHouse.Open(app);
        var saved = await Save(house, new { Name = "Sunrise", Accent = "#ffee00" });
        Assert.Contains("Words in #ffee00 could not be read on white", saved.Text, StringComparison.Ordinal);
        var stand = Palette.Of("#ffee00")!.Light;
        Assert.Equal(["#ffee00", stand, "#ffee00"], saved.Document.QuerySelectorAll(".swatch rect").Select(r => r.GetAttribute("fill")));
        Assert.NotEqual("#ffee00", stand);
        Assert.Equal("#ffee00", saved.Find("input[name='Command.Accent']").GetAttribute("value"));
    }

    [Fact]
    public async Task A_colour_that_stands_as_it_was_chosen_is_not_talked_about()
    {
        Assert.Null(Palette.Of("#4a7a3c") is { Adjusted: false, AdjustedInDark: false } palette ? palette.Changes("#4a7a3c") : null);
        Assert.Contains("neither on white nor in the dark", Palette.Of("#808080")!.Changes("#808080"), StringComparison.Ordinal);
        Assert.Contains("could not be read in the dark", Palette.Of("#000000")!.Changes("#000000"), StringComparison.Ordinal);
        var house = await AgencyHouse.Open(app);
        Assert.Empty((await Save(house, new { Name = "Sunrise" })).All(".swatch"));
    }

    [Fact]
    public async Task What_is_no_colour_and_no_picture_is_refused_beside_its_field()
    {
        var house = await AgencyHouse.Open(app);
        Assert.Contains("Write the colour as #", (await Save(house, new { Name = "Sunrise", Accent = "red;}body{display:none" })).Find("#Command-Accent-error").TextContent, StringComparison.Ordinal);
        var svg = new UploadedFile("logo.png", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"), "image/png");
        Assert.Contains("This file is something else", (await Save(house, new { Name = "Sunrise", Logo = svg })).Find("#Logo-error").TextContent, StringComparison.Ordinal);
        var large = new UploadedFile("logo.png", [.. Png, .. new byte[600 * 1024]], "image/png");
        Assert.Contains("at most 512 KB", (await Save(house, new { Name = "Sunrise", Logo = large })).Find("#Logo-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.agency_brand where agency_id = $1", await house.AgencyId()));
    }

    [Fact]
    public async Task A_host_name_that_its_own_record_proves_shows_the_look_before_signing_in()
    {
        await using var names = new LocalNames();
        await using var own = await app.Another("--Plura:Roles=web", $"--Dns:Server={names.Address}");
        var house = await AgencyHouse.Open(own);
        await Save(house, new { Name = "Sunrise", Accent = "#7a3cff" });
        var claimed = await (await house.Desk.Get(house.At("brand"))).Submit("input[name='Command.Host']", new { Host = "App.Sunrise.example" });
        var record = claimed.Find("#hosts .copy-line code").TextContent;
        Assert.DoesNotContain("Sunrise", await SignInPage(own, "app.sunrise.example"), StringComparison.Ordinal);

        var unproven = await claimed.Submit("#hosts form:has(button)", new { }, "Check");
        Assert.Contains("_plura.app.sunrise.example does not say yet", unproven.Text, StringComparison.Ordinal);
        names.Texts["_plura.app.sunrise.example"] = record;
        Assert.Contains("In use", (await unproven.Submit("#hosts form:has(button)", new { }, "Check")).Text, StringComparison.Ordinal);
        var page = await SignInPage(own, "app.sunrise.example");
        Assert.Contains("Sign in · Sunrise", page, StringComparison.Ordinal);
        Assert.Contains("/brand/", page, StringComparison.Ordinal);
        Assert.Contains("Sign in · PluraOS", await SignInPage(own, "app.somebody-else.example"), StringComparison.Ordinal);

        // There an agency's people come in; the product shows nothing of its own and founds no agency beside this one.
        Assert.DoesNotContain("/sign-up", page, StringComparison.Ordinal);
        Assert.Contains("Sunrise opens accounts itself", await Page(own, "app.sunrise.example", "/sign-up"), StringComparison.Ordinal);
        Assert.Empty(await Page(own, "app.sunrise.example", "/"));
    }

    [Fact]
    public async Task A_name_belongs_to_one_agency_and_the_operator_may_confirm_it()
    {
        await using var own = await app.Another();
        var (house, other) = (await AgencyHouse.Open(own), await AgencyHouse.Open(own));
        foreach (var one in (AgencyHouse[])[house, other])
        {
            await Save(one, new { Name = "Sunrise" });
            await (await one.Desk.Get(one.At("brand"))).Submit("input[name='Command.Host']", new { Host = "app.sunrise.example" });
        }

        var staff = await own.NewAccount("Operator");
        own.Services.GetRequiredService<IConfiguration>()["Plura:Operators"] = $"owner@{staff.Slug}.example";
        var browser = await staff.SignIn();
        var confirmed = await (await browser.Get("/operator/hosts")).Submit("main dialog form", new { });
        Assert.Contains("The name is confirmed and in use.", confirmed.Text, StringComparison.Ordinal);
        Assert.Contains("in use by somebody else", (await confirmed.Submit("main dialog form", new { })).Text, StringComparison.Ordinal);
        Assert.Equal(1, await own.Ask<long>("select count(*) from accounts.agency_host where confirmed_at is not null"));
        Assert.Equal(HttpStatusCode.NotFound, (await house.Desk.Get("/operator/hosts")).Status);
    }

    private static async Task<WebPage> Save(AgencyHouse house, object fields) =>
        await (await house.Desk.Get(house.At("brand"))).Submit("input[name='Command.Accent']", fields);

    private static Task<string> SignInPage(PluraApp host, string name) => Page(host, name, "/sign-in");

    private static async Task<string> Page(PluraApp host, string name, string path)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, path));
        request.Headers.Host = name;
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
