using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Accounts.Data;
using Plura.Messaging;

namespace Plura.Tests;

public sealed partial class AgencyHomeTests(PluraApp app)
{
    private const string Host = "app.sunrise.example";

    [Fact]
    public async Task An_invitation_leads_to_the_agencys_host_name_and_works_there_to_the_end()
    {
        await using var own = await app.Another();
        var house = await Branded(own);
        var email = $"gus-{house.Shop.Slug}@people.example";
        var panel = await house.Owner.Get(house.Shop.Page("settings/people?invite=1"));
        await panel.Submit(".side-panel form", new { Emails = email, Role = Membership.ReadOnly });
        var link = Link(await Mail(own, house.Shop, email));
        Assert.Equal(Host, link.Host);

        var browser = new Browser(own) { Host = Host };
        var page = await browser.Get(link.PathAndQuery);
        Assert.EndsWith("· Sunrise", page.Document.Title, StringComparison.Ordinal);
        var signIn = await page.Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Command.Name"] = "Gus Guest",
            ["Command.Password"] = "another set of words",
            ["Command.BirthYear"] = own.Clock.GetUtcNow().Year - 40,
            ["Command.AcceptTerms"] = true,
            ["Command.AcceptProcessing"] = true,
        });
        var back = await signIn.Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Email"] = email, ["Command.Password"] = "another set of words" });
        var inside = await back.Click("Open Corner Bakery");
        Assert.Equal($"/a/{house.Shop.Slug}", inside.Url.PathAndQuery);
        Assert.EndsWith("· Sunrise", inside.Document.Title, StringComparison.Ordinal);
        // The cookies are this name's alone.
        Assert.StartsWith("/sign-in", (await own.NewBrowser().Get(house.Shop.Page(""))).Url.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_wears_the_agencys_look_and_leads_to_its_host_name()
    {
        await using var own = await app.Another();
        var house = await Branded(own);
        var page = await (await house.Desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = "Gym Uptown", Country = "US", TimeZone = "America/New_York", OwnerEmail = "ada@gym.example" });
        Assert.Contains("We have written to its owner.", page.Text, StringComparison.Ordinal);
        await own.Work();
        var mail = await Mail(own, house.Shop, "ada@gym.example");
        Assert.Equal((Host, "Sunrise"), (Link(mail).Host, mail.From.Mailboxes.Single().Name));
        Assert.Contains("#7a3cff", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("alt=\"Sunrise\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Matches("src=\"http[^\"]+/brand/[0-9a-f-]{36}/logo", mail.HtmlBody);
    }

    [Fact]
    public async Task Other_letters_about_an_account_lead_there_too_and_those_of_others_do_not()
    {
        await using var own = await app.Another();
        var house = await Branded(own);
        await house.Shop.AskForLetter();
        Assert.Equal(Host, Link(await Mail(own, house.Shop, $"owner@{house.Shop.Slug}.example")).Host);
        var stranger = await own.NewAccount();
        await stranger.AskForLetter();
        Assert.NotEqual(Host, Link(await Mail(own, stranger, $"owner@{stranger.Slug}.example")).Host);
    }

    [Fact]
    public async Task Pages_before_the_sign_in_wear_the_look_of_the_host_name()
    {
        await using var own = await app.Another();
        await Branded(own);
        foreach (var path in (string[])["/", "/sign-in", "/sign-in/code", "/sign-up", "/forgot", "/reset", "/join/nonsense", "/confirm-email", "/not-me", "/confirm-new-email", "/stop-email-change", "/privacy", "/nowhere"])
        {
            var page = await new Browser(own) { Host = Host }.Get(path);
            Assert.EndsWith("· Sunrise", page.Document.Title, StringComparison.Ordinal);
            Assert.DoesNotContain("PluraOS", page.Find("head").TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("PluraOS", page.Find(".public-top").TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_authenticator_app_and_the_file_of_codes_are_named_after_it()
    {
        await using var own = await app.Another();
        var house = await Branded(own);
        var browser = new Browser(own) { Host = Host };
        await (await browser.Get("/sign-in")).Submit(null, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Email"] = $"owner@{house.Shop.Slug}.example", ["Command.Password"] = TestAccount.Password });
        var page = await browser.Get("/me/security/authenticator");
        var phone = new AuthenticatorApp(page.Find(".copy-line code").TextContent.Trim());
        var codes = await page.Submit("input[name='Command.Code']", new { Code = phone.CodeAt(own.Clock.GetUtcNow()) });
        using var file = await browser.Send(HttpMethod.Post, "/me/security/recovery-codes/file", new FormUrlEncodedContent(codes.Document.QuerySelectorAll("form[action$='/file'] input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!))));
        Assert.StartsWith("Recovery codes for Sunrise\n", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("recovery-codes.txt", file.Content.Headers.ContentDisposition?.FileName);
    }

    private static async Task<AgencyHouse> Branded(PluraApp own)
    {
        var house = await AgencyHouse.Open(own);
        var agency = await house.AgencyId();
        await own.Do("insert into accounts.agency_brand (agency_id, name, accent, version, has_logo) values ($1, 'Sunrise', '#7a3cff', 1, true)", agency);
        await own.Do("insert into accounts.agency_host (id, agency_id, host, proof, claimed_at, confirmed_at, confirmed_by) values (gen_random_uuid(), $1, $2, 'x', $3, $3, 'dns')", agency, Host, own.Clock.GetUtcNow());
        return house;
    }

    private static async Task<MimeMessage> Mail(PluraApp own, TestAccount account, string to)
    {
        await account.Work();
        await own.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        var source = await own.Ask<byte[]>("select source from dev.message where recipient = $1 order by at desc, id desc limit 1", to);
        using var stream = new MemoryStream(source ?? throw new InvalidOperationException($"No letter reached {to}."));
        return await MimeMessage.LoadAsync(stream, CancellationToken.None);
    }

    /// <summary>Where the letter's button leads.</summary>
    private static Uri Link(MimeMessage mail) => new(Button().Match(mail.HtmlBody ?? "").Groups["to"].Value);

    [GeneratedRegex("href=\"(?<to>http[^\"]+)\" style=\"display:inline-block", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Button();
}
