using Plura.Tests.Messaging;

namespace Plura.Tests.Campaigns;

/// <summary>The people of a campaign, filtered by what became of it and why: on the page, by the API and in the file alike.</summary>
public sealed class ListRecipientsTests(PluraApp app)
{
    private static readonly string[] Everybody = ["Ann", "Ben", "Cem", "Dan", "Eve", "Fay", "Gil", "Mia"];

    private static readonly (string Query, string Names)[] Chosen =
    [
        ("", "Ann Ben Cem Dan Eve Fay Gil Mia"),
        ("state=accepted", "Ann Cem"),
        ("state=withheld", "Ben Mia"),
        ("state=withheld&reason=no_consent", "Ben"),
        ("state=withheld&reason=opted_out", "Mia"),
        ("state=bounced", "Dan Eve"),
        ("state=bounced&reason=hard_bounce", "Dan"),
        ("state=bounced&reason=refused", "Eve"),
        ("state=deferred&reason=receiver_busy", "Fay"),
        ("state=unknown&reason=connection_lost", "Gil"),
        ("state=planned", ""),
        ("reason=no_consent", "Ben"),
    ];

    [Fact]
    public async Task A_state_that_there_is_not_is_refused_and_the_others_are_named()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        var campaign = await account.Letter();
        using var answer = await account.Api.Send(HttpMethod.Get, $"/api/v1/campaigns/{campaign}/recipients?state=bogus", accept: "application/json");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("withheld", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_and_a_reason_choose_the_people()
    {
        await using var lab = await CampaignLab.Start(app);
        var campaign = await Mixed(lab);
        var account = lab.Account;
        foreach (var (query, names) in Chosen)
        {
            var expected = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var byApi = await account.Api.GetJson($"/api/v1/campaigns/{campaign}/recipients?{query}");
            Assert.Equal(expected, byApi.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("name").GetString()).Order(StringComparer.Ordinal));

            using var file = await account.Api.Send(HttpMethod.Get, $"/api/v1/campaigns/{campaign}/recipients.csv?{query}");
            var rows = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(expected, rows.Skip(1).Select(r => r.Split(',')[0]).Order(StringComparer.Ordinal));

            var page = await account.Browser.Get(account.Page($"campaigns/{campaign}/recipients?{query}"));
            foreach (var name in Everybody)
                Assert.Equal(expected.Contains(name, StringComparer.Ordinal), page.Text.Contains(name.ToLowerInvariant() + "@people.example", StringComparison.Ordinal));
            Assert.EndsWith(query.Length == 0 ? "recipients.csv" : "recipients.csv?" + query, page.Find("a[href*='recipients.csv']").GetAttribute("href"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_reasons_on_offer_are_those_there_are_with_their_numbers_in_words()
    {
        await using var lab = await CampaignLab.Start(app);
        var campaign = await Mixed(lab);
        Assert.Equal(["Address does not work 1", "Any reason", "Refused by the receiving server 1"], await Chips("bounced"));
        Assert.Equal(["Any reason", "No permission on record 1", "Unsubscribed 1"], await Chips("withheld"));
        Assert.Equal(["Any reason", "Connection broke 1"], await Chips("unknown"));
        Assert.Empty(await Chips("accepted"));

        async Task<IEnumerable<string>> Chips(string state) =>
            (await lab.Account.Browser.Get(lab.Account.Page($"campaigns/{campaign}/recipients?state={state}"))).All("[aria-label='Filter by reason'] a")
                .Select(c => string.Join(' ', c.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_campaigns_page_tells_each_state_and_what_people_and_machines_did()
    {
        await using var lab = await CampaignLab.Start(app);
        var campaign = await Mixed(lab);
        var letters = lab.Letters.ToDictionary(l => l.EnvelopeTo, l => System.Text.RegularExpressions.Regex.Match(Html(l), "/o/[A-Za-z0-9_-]+").Value, StringComparer.Ordinal);
        lab.Host.Clock.Advance(TimeSpan.FromMinutes(5));
        await Open(letters["ann@people.example"], "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36");
        await Open(letters["cem@people.example"], "Mozilla/5.0");
        var page = await lab.Account.Browser.Get(lab.Account.Page($"campaigns/{campaign}"));
        Assert.Equal(["Delivered2", "Waiting0", "Put off1", "Withheld2", "Came back2", "Unclear1"], page.All(".bar-legend li").Select(Words));
        var figures = page.All(".figure").Select(Words).ToList();
        Assert.Contains(figures, f => f.StartsWith("Sent5", StringComparison.Ordinal));
        Assert.Contains(figures, f => f.StartsWith("Opened by people50", StringComparison.Ordinal) && f.EndsWith("1 person; machines opened 1", StringComparison.Ordinal));

        async Task Open(string path, string agent)
        {
            using var client = new HttpMessageInvoker(new SocketsHttpHandler());
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(lab.Host.Address, path));
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            (await client.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        static string Html(Plura.Messaging.ComposedMessage letter)
        {
            using var stream = new MemoryStream(letter.Bytes.ToArray());
            return MimeKit.MimeMessage.Load(stream).HtmlBody!;
        }

        static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_name_that_looks_like_a_formula_is_text_in_the_file()
    {
        await using var lab = await CampaignLab.Start(app);
        await lab.Account.Api.PostJson("/api/v1/contacts", new { firstName = "=HYPERLINK(\"http://evil.example\")", lastName = "x", email = "h@people.example" });
        var campaign = await lab.Sent();
        using var file = await lab.Account.Api.Send(HttpMethod.Get, $"/api/v1/campaigns/{campaign}/recipients.csv");
        var row = (await file.Content.ReadAsStringAsync()).Split("\r\n")[1];
        Assert.StartsWith("\"'=HYPERLINK(\"\"http://evil.example\"\") x\",h@people.example,withheld,no_consent,", row, StringComparison.Ordinal);
    }

    /// <summary>A campaign in which everything happened to somebody.</summary>
    private static async Task<Guid> Mixed(CampaignLab lab)
    {
        foreach (var name in Everybody)
            await lab.Account.Person(name, consent: name != "Ben");
        await lab.Account.Withdraw("mia@people.example");
        await lab.Account.SignIn();
        lab.Provider.Answer = (address, _) => address.Split('@')[0] switch
        {
            "dan" => ScriptedTransport.Dead,
            "eve" => ScriptedTransport.Refused,
            "fay" => ScriptedTransport.Busy,
            "gil" => ScriptedTransport.Lost,
            _ => ScriptedTransport.Accepted,
        };
        return await lab.Sent();
    }
}
