using System.Net;
using System.Text.Json;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Sites;

public sealed class SubmitFormTests(PluraApp first)
{
    [Fact]
    public async Task A_ticked_box_becomes_a_contact_with_proven_permission_who_can_be_mailed_at_once()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        var thanks = await app.FillIn(form, "nora@visitors.example", tick: true);
        Assert.Contains(form.ThankYou, thanks.Text, StringComparison.Ordinal);

        var consent = Assert.Single((await Consents(account)).EnumerateArray());
        Assert.Equal("granted", consent.GetProperty("act").GetString());
        Assert.Equal("form", consent.GetProperty("how").GetString());
        Assert.Equal("proven", consent.GetProperty("proof").GetString());

        var campaign = await account.Letter(new { tags = new[] { "website" } });
        await account.Send(campaign);
        await account.Settle(app);
        Assert.Equal(1, (await account.Campaign(campaign)).Count("accepted"));
    }

    [Fact]
    public async Task Who_unsubscribed_comes_back_only_by_the_button_in_a_mail_to_the_address_itself()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        await app.FillIn(form, "nora@visitors.example", tick: true);
        await account.Withdraw("nora@visitors.example");

        var asked = await app.FillIn(form, "nora@visitors.example", tick: true);

        Assert.Contains("One more step", asked.Text, StringComparison.Ordinal);
        Assert.Equal("withdrawn", (await Consents(account)).EnumerateArray().First().GetProperty("act").GetString());
        await account.Settle(app);
        await (await app.NewBrowser().Get(await Link(app, "nora@visitors.example"))).Submit("form", new { });
        Assert.Equal("granted", (await Consents(account)).EnumerateArray().First().GetProperty("act").GetString());
    }

    [Fact]
    public async Task An_empty_box_leaves_no_trace_in_the_ledger()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await app.FillIn(await account.Form(doubleOptIn: false), "nora@visitors.example", tick: false);
        Assert.Empty((await Consents(account)).EnumerateArray());
    }

    [Fact]
    public async Task With_double_opt_in_only_the_button_behind_the_mailed_link_gives_permission()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: true);
        var asked = await app.FillIn(form, "nora@visitors.example", tick: true);
        Assert.Contains("One more step", asked.Text, StringComparison.Ordinal);
        Assert.Empty((await Consents(account)).EnumerateArray());

        await account.Settle(app);
        var link = await Link(app, "nora@visitors.example");
        using (await app.NewBrowser().Send(HttpMethod.Head, link))
        {
            // A mail scanner looks.
        }

        var page = await app.NewBrowser().Get(link);
        Assert.Contains("Was it you who signed up?", page.Text, StringComparison.Ordinal);
        Assert.Empty((await Consents(account)).EnumerateArray());

        var done = await page.Submit("form", new { });
        Assert.Contains("You are on the list", done.Text, StringComparison.Ordinal);
        await page.Submit("form", new { });
        var consent = Assert.Single((await Consents(account)).EnumerateArray());
        Assert.Equal("double_opt_in", consent.GetProperty("how").GetString());
        Assert.Equal("proven", consent.GetProperty("proof").GetString());
    }

    [Fact]
    public async Task Without_JavaScript_permission_waits_for_the_mailed_link()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var asked = await app.FillIn(await account.Form(doubleOptIn: false), "nora@visitors.example", tick: true, script: false);
        Assert.Contains("One more step", asked.Text, StringComparison.Ordinal);
        Assert.Empty((await Consents(account)).EnumerateArray());
    }

    [Fact]
    public async Task Who_answers_quicker_than_people_do_is_asked_again_and_loses_nothing()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        var refused = await app.FillIn(form, "nora@visitors.example", tick: true, hurried: true);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("nora@visitors.example", refused.Find("[name=email]").GetAttribute("value"));
        Assert.NotNull(refused.Find("[name=consent_0]").GetAttribute("checked"));
        Assert.Equal(0, await account.Ask<long>("select count(*) from sites.form_submission"));

        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await refused.Answer("nora@visitors.example", tick: true, script: true);
        Assert.Equal(1, await account.Ask<long>("select count(*) from sites.form_submission"));
    }

    [Fact]
    public async Task The_same_page_sent_twice_is_one_submission()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        var page = await app.NewBrowser().Get($"/f/{form.Key}");
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.Answer("nora@visitors.example", tick: true, script: true);
        await page.Answer("nora@visitors.example", tick: true, script: true);
        Assert.Equal(1, await account.Ask<long>("select count(*) from sites.form_submission"));
        Assert.Single((await Consents(account)).EnumerateArray());
    }

    [Fact]
    public async Task A_flood_from_one_connection_is_slowed_down()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var form = await account.Form(doubleOptIn: false);
        for (var i = 0; i < 10; i++)
            await app.FillIn(form, $"visitor{i}@visitors.example", tick: false);
        var refused = await app.FillIn(form, "one-too-many@visitors.example", tick: false);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("one-too-many@visitors.example", refused.Find("[name=email]").GetAttribute("value"));
    }

    [Fact]
    public async Task Only_the_form_may_be_shown_in_other_sites_frames()
    {
        await using var app = await first.Another();
        var form = await (await app.NewAccount()).Form(doubleOptIn: false);
        using var framed = await app.NewBrowser().Send(HttpMethod.Get, $"/f/{form.Key}");
        Assert.Contains("frame-ancestors *", framed.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var embed = await app.NewBrowser().Send(HttpMethod.Get, $"/f/{form.Key}/embed.js");
        Assert.Contains($"/f/{form.Key}", await embed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var contact = await app.NewBrowser().Send(HttpMethod.Get, "/contact");
        Assert.Contains("frame-ancestors 'none'", contact.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Consents(TestAccount account)
    {
        var contact = await account.Ask<Guid>("select contact_id from sites.form_submission limit 1");
        return (await account.Api.GetJson($"/api/v1/contacts/{contact}/consents")).GetProperty("items");
    }

    private static async Task<string> Link(PluraApp app, string to)
    {
        var mails = await app.NewBrowser().GetJson("/dev/mailbox");
        var id = mails.EnumerateArray().First(m => m.GetProperty("to").GetString()!.Contains(to, StringComparison.Ordinal)).GetProperty("id").GetString();
        var source = (await app.NewBrowser().GetJson($"/dev/mailbox/{id}")).GetProperty("source").GetString()!.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        var start = source.IndexOf("/f/", StringComparison.Ordinal);
        return new string([.. source[start..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_')]);
    }
}
