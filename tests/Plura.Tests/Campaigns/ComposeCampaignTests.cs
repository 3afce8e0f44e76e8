using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Messaging;

namespace Plura.Tests.Campaigns;

/// <summary>What the composer does while somebody writes: saves by itself, shows the letter, says what is wrong, sends a test.</summary>
public sealed class ComposeCampaignTests(PluraApp app)
{
    [Fact]
    public async Task It_saves_by_itself_from_the_first_word_on()
    {
        var account = await app.NewAccount();
        var composer = await Open(account, "campaigns/new");
        var first = await Saved(account, composer, "campaigns/autosave", new() { ["Subject"] = "Aut" });
        var id = first.GetProperty("id").GetGuid();
        var second = await Saved(account, composer, $"campaigns/{id}/autosave", new() { ["Subject"] = "Autumn", ["Html"] = "<p>Half a sen", ["version"] = first.GetProperty("version").ToString() });
        Assert.Equal(2, second.GetProperty("version").GetInt32());
        var draft = await account.Campaign(id);
        Assert.Equal(("draft", "Autumn"), (draft.State(), draft.GetProperty("subject").GetString()));
        Assert.Contains("Half a sen", (await account.Browser.Get(account.Page($"campaigns/{id}/edit"))).Find("[name=Html]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_by_itself_never_overwrites_another_window_and_says_that_nothing_is_lost()
    {
        var account = await app.NewAccount();
        var campaign = await account.Letter();
        var (here, there) = (await Open(account, $"campaigns/{campaign}/edit"), await Open(account, $"campaigns/{campaign}/edit"));
        await there.Submit("plura-composer form", new { Subject = "From there" }, "Save draft");
        using var answer = await Post(account, here, $"campaigns/{campaign}/autosave", new() { ["Subject"] = "From here", ["version"] = "1" });
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("your text is still here, not saved yet", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("From there", (await account.Campaign(campaign)).GetProperty("subject").GetString());

        // The button still works, keeps what was typed, and lets the person choose.
        var choice = await here.Submit("plura-composer form", new { Subject = "From here", Html = "<p>Written here</p>" }, "Save draft");
        Assert.Contains("There are two versions now", choice.Text, StringComparison.Ordinal);
        Assert.Equal("From here", choice.Find("[name=Subject]").GetAttribute("value"));
        Assert.Equal("<p>Written here</p>", choice.Find("[name=Html]").TextContent);
    }

    [Fact]
    public async Task A_test_reaches_its_writer_as_the_chosen_person_would_read_it_and_counts_for_nothing()
    {
        var account = await app.NewAccount();
        var made = await account.Api.PostJson("/api/v1/contacts", new { firstName = "Zoë", lastName = "Okafor", email = "zoe@people.example" });
        var campaign = await account.Letter();
        var composer = await Open(account, $"campaigns/{campaign}/edit");
        using var answer = await Post(account, composer, "campaigns/test", new() { ["Subject"] = "For {{ contact.first_name }}", ["Html"] = "<p>Dear {{ contact.name }}</p>", ["contact"] = made.GetProperty("id").GetString()! });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await account.Settle(app);

        var mail = await Mail($"owner@{account.Slug}.example");
        Assert.Equal("[Test] For Zoë", mail.Subject);
        Assert.Equal(("Olivia Owner", $"owner@{account.Slug}.example"), (mail.To.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        Assert.Contains("Dear Zoë Okafor", mail.HtmlBody!, StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from dev.message where recipient = 'zoe@people.example'"));
        var draft = await account.Campaign(campaign);
        Assert.Equal("draft", draft.State());
        Assert.All(draft.GetProperty("counts").EnumerateObject(), count => Assert.Equal(0, count.Value.GetInt32()));
        Assert.Empty((await account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_letter_that_cannot_be_written_is_no_test_but_a_sentence()
    {
        var account = await app.NewAccount();
        var composer = await Open(account, "campaigns/new");
        using var broken = await Post(account, composer, "campaigns/test", new() { ["Subject"] = "Hi", ["Html"] = "<p>{% if contact.company %}never ended</p>" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
        Assert.Contains("opened here and never ended", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await account.Ask<long>("select count(*) from messaging.send"));
    }

    [Theory]
    [InlineData("Hello {{ contact.first_name | default: \"there\" }}", "Hello there")]
    [InlineData("From {{ contact.company | default: 'your firm' }}", "From your firm")]
    [InlineData("{% if contact.phone != '' %}Call{% else %}Write{% endif %}", "Write")]
    public async Task Where_nothing_is_known_of_a_person_the_preview_shows_what_stands_in(string words, string read)
    {
        var account = await app.NewAccount();
        var made = await account.Api.PostJson("/api/v1/contacts", new { lastName = "Okafor", email = "nobody@people.example" });
        var composer = await Open(account, "campaigns/new");
        using var answer = await Post(account, composer, "campaigns/preview", new() { ["Subject"] = "x", ["Html"] = $"<p>{words}</p>", ["contact"] = made.GetProperty("id").GetString()! });
        Assert.Contains($"<p>{read}</p>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_a_script_is_text_in_the_preview_and_in_the_letter()
    {
        var account = await app.NewAccount();
        var made = await account.Api.PostJson("/api/v1/contacts", new { firstName = "<script>alert(1)</script>", email = "script@people.example", consents = new[] { new { channel = "email", source = "Counter", wording = "May we?", date = "2026-10-01" } } });
        const string html = "<p>{{ contact.first_name }} {% if contact.first_name %}{{ contact.first_name | upcase }}{% endif %}</p>";
        var composer = await Open(account, "campaigns/new");
        using var answer = await Post(account, composer, "campaigns/preview", new() { ["Subject"] = "x", ["Html"] = html, ["contact"] = made.GetProperty("id").GetString()! });
        const string harmless = "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;SCRIPT&gt;ALERT(1)&lt;/SCRIPT&gt;</p>";
        Assert.Contains(harmless, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await account.Send(await account.Letter(html: html));
        await account.Settle(app);
        Assert.Contains(harmless, (await Mail("script@people.example")).HtmlBody!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Html", "<p>Hello {{ contact.first_name</p>", "Line 1: a field or instruction begins with braces but is never closed.")]
    [InlineData("Html", "<p>a</p>\n<p>{% if contact.company %}x</p>", "Line 2: an instruction is opened here and never ended.")]
    [InlineData("Html", "<p>Hello {{ contact.frist_name }}</p>", "Line 1: there is no field called contact.frist_name. Did you mean contact.first_name? Nothing is printed where it stands.")]
    [InlineData("Html", "<p>Hello {{ contact.frist_name | default: \"there\" }}</p>", "Line 1: there is no field called contact.frist_name. Did you mean contact.first_name? Everybody gets the words that stand in for it.")]
    [InlineData("Subject", "Hello {{ first_name }}", "Line 1: there is no field called first_name. Did you mean contact.first_name?")]
    [InlineData("Preview", "For {{ contact.fields.sise }}", "Line 1: there is no field called contact.fields.sise.")]
    [InlineData("Html", "<p>Hi</p>\n<script>alert(1)</script>", "Line 2: mail programs throw <script> away")]
    [InlineData("Html", "<p onclick=\"x()\">Hi</p>", "Line 1: mail programs run no scripts. Take onclick out of <p>.")]
    [InlineData("Html", "<p>Hi</p>\n<p><a href=\"java&#9;script:alert(1)\">x</a></p>", "Line 2: a link cannot begin with “javascript:”.")]
    [InlineData("Html", "<p><a href=\"www.shop.example/sale\">x</a></p>", "Line 1: the link “www.shop.example/sale” does not say on which website it is. Write the whole address, like https://www.shop.example/sale.")]
    [InlineData("Html", "<p>Hi</p>\n{% for i in (1..5000) %}x{% endfor %}", "Line 2: the loop runs too often.")]
    public async Task What_is_wrong_with_the_words_stands_beside_them_and_nothing_is_lost(string field, string words, string sentence)
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var composer = await Open(account, "campaigns/new");
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Subject"] = "Hi", ["Html"] = "<p>Hi</p>", ["Preview"] = "Hi", ["audience"] = "all", [field] = words };

        using (var live = await Post(account, composer, "campaigns/preview.json", fields.ToDictionary(f => f.Key, f => (string)f.Value!, StringComparer.Ordinal)))
        {
            var problems = JsonSerializer.Deserialize<JsonElement>(await live.Content.ReadAsStringAsync()).GetProperty("problems");
            Assert.StartsWith(sentence, problems.GetProperty(field)[0].GetString(), StringComparison.Ordinal);
        }

        var saved = await composer.Submit("plura-composer form", fields, "Save draft");
        Assert.EndsWith("/edit", saved.Url.AbsolutePath, StringComparison.Ordinal);
        Assert.StartsWith(sentence, saved.Find($"[data-problem={field}]").TextContent.Trim(), StringComparison.Ordinal);
        var kept = saved.Find($"[name={field}]");
        Assert.Equal(words, field == "Html" ? kept.TextContent : kept.GetAttribute("value"));

        // Where a reader would meet a hole or nothing at all, the way leads back to the words, not on to sending.
        var stops = !words.Contains("default", StringComparison.Ordinal);
        var onward = await saved.Submit("plura-composer form", new { }, "Review and send");
        Assert.EndsWith(stops ? "/edit" : "/review", onward.Url.AbsolutePath, StringComparison.Ordinal);
        if (stops)
        {
            Assert.Contains("look at what is said below the letter", onward.Text, StringComparison.Ordinal);
            var id = onward.Url.AbsolutePath.Split('/')[^2];
            await account.Refused($"/api/v1/campaigns/{id}/send", new { }, HttpStatusCode.UnprocessableEntity);
        }
    }

    private static async Task<WebPage> Open(TestAccount account, string page)
    {
        if (account.Browser.Cookies.Count == 0)
            await account.SignIn();
        return await account.Browser.Get(account.Page(page));
    }

    private static async Task<HttpResponseMessage> Post(TestAccount account, WebPage composer, string path, Dictionary<string, string> fields)
    {
        fields["__RequestVerificationToken"] = composer.Find("[name=__RequestVerificationToken]").GetAttribute("value")!;
        return await account.Browser.Send(HttpMethod.Post, account.Page(path), new FormUrlEncodedContent(fields), follow: false);
    }

    private static async Task<JsonElement> Saved(TestAccount account, WebPage composer, string path, Dictionary<string, string> fields)
    {
        using var answer = await Post(account, composer, path, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    private async Task<MimeMessage> Mail(string recipient)
    {
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        using var stream = new MemoryStream((await app.Ask<byte[]>("select source from dev.message where recipient = $1", recipient))!);
        return await MimeMessage.LoadAsync(stream, CancellationToken.None);
    }
}
