using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;
using Plura.Privacy.Contracts;
using Plura.Tests.Conversations;

namespace Plura.Tests.Messaging;

/// <summary>Words of somebody's own that sounded like STOP: heeded at once, read by a person, and given back where they were not meant.</summary>
public sealed class ReviewStopTests(PluraApp first)
{
    private const string Phone = "+12125550100";

    [Fact]
    public async Task A_person_reads_the_words_and_what_was_not_meant_is_taken_back()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var ann = await account.Reader(Phone);
        await account.Writes(ann);
        await app.Pump();
        await app.Phones(Phone, "Wrong number of rolls: leave me alone with twelve", id: "SM1");
        Assert.Equal("withdrawn text", await account.Permission(Phone));
        var browser = await account.SignIn();
        Assert.Contains("1 text may have been a STOP", (await browser.Get(account.Page(""))).Text, StringComparison.Ordinal);
        var page = await browser.Get(account.Page("settings/texts"));
        Assert.Contains("leave me alone with twelve", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("waits too long", page.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromHours(25));
        browser = await account.SignIn();
        Assert.Contains("waits too long", (await browser.Get(account.Page("settings/texts"))).Text, StringComparison.Ordinal);
        var done = await (await browser.Get(account.Page("settings/texts"))).Submit("[name=meant]", new { }, "They did not mean it");
        Assert.Contains("They get your texts again", done.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing to decide", done.Text, StringComparison.Ordinal);
        Assert.Equal("attested api", await account.Permission(Phone));
        var again = await account.Writes(ann);
        await app.Pump();
        Assert.Equal("accepted", await account.State(again));
        Assert.Equal("stop_review.missing", (await Review(account, meant: true)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_meant_stays_and_what_they_said_since_counts()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Pump();
        await app.Phones(Phone, "please stop writing to me", id: "SM1");
        Assert.False((await Review(account, meant: true)).Value);
        Assert.Equal("withdrawn text", await account.Permission(Phone));
        await app.Phones(Phone, "START", id: "SM2");
        await app.Phones(Phone, "please stop writing to me", id: "SM3");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Phones(Phone, "START", id: "SM4");
        await app.Phones(Phone, "STOP", id: "SM5");
        // They said STOP itself after the words that somebody looks at.
        Assert.True((await Review(account, meant: false)).Ok);
        Assert.Equal("withdrawn text", await account.Permission(Phone));
    }

    [Fact]
    public async Task A_stop_itself_after_such_words_is_not_taken_back_with_them()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Pump();
        await app.Phones(Phone, "leave me alone", id: "SM1");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Phones(Phone, "STOP", id: "SM2");
        var answer = await Review(account, meant: false);
        Assert.Equal((true, false, "withdrawn text"), (answer.Ok, answer.Value, await account.Permission(Phone)));
    }

    [Fact]
    public async Task Of_several_such_texts_all_must_have_been_read()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Pump();
        await app.Phones(Phone, "leave me alone", id: "SM1");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Phones(Phone, "please stop writing to me", id: "SM2");
        Assert.False((await Review(account, meant: false)).Value);
        Assert.Equal("withdrawn text", await account.Permission(Phone));
        Assert.True((await Review(account, meant: false)).Value);
        Assert.Equal("attested api", await account.Permission(Phone));
    }

    [Fact]
    public async Task Two_who_decide_at_once_do_not_both()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Pump();
        await app.Phones(Phone, "leave me alone", id: "SM1");
        var answers = await Task.WhenAll(Review(account, meant: true), Review(account, meant: false));
        Assert.Single(answers, a => a.Ok);
        Assert.Equal(answers[0].Ok ? "withdrawn text" : "attested api", await account.Permission(Phone));
    }

    [Fact]
    public async Task Of_a_stranger_nothing_comes_back_that_was_never_allowed()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Writes(await account.Reader(Phone));
        await app.Pump();
        await app.Phones("+12125550199", "take me off your list");
        Assert.Contains("+12125550199", (await (await account.SignIn()).Get(account.Page("settings/texts"))).Text, StringComparison.Ordinal);
        var answer = await Review(account, meant: false);
        Assert.Equal((true, false), (answer.Ok, answer.Value));
        Assert.Equal("nothing", await account.Permission("+12125550199"));
    }

    [Fact]
    public async Task What_comes_back_is_what_they_had_allowed_and_no_more()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        object[] consents = [new { channel = "sms", topic = "news", source = "Counter", wording = "May we text you news?", date = "2026-10-01" }];
        var ann = (await account.Api.PostJson("/api/v1/contacts", new { firstName = "Ann", phone = Phone, consents })).GetProperty("id").GetGuid();
        await account.Writes(ann);
        await app.Pump();
        var before = await Permissions();
        await app.Phones(Phone, "leave me alone", id: "SM1");
        Assert.NotEqual(before, await Permissions());
        Assert.True((await Review(account, meant: false)).Value);
        Assert.Equal(before, await Permissions());
        Assert.Contains("attested", before, StringComparison.Ordinal);

        async Task<string> Permissions() => await account.In(async services =>
        {
            var key = services.GetRequiredService<IAddressKeys>().Of(Channels.Sms, Phone);
            return string.Join("; ", (await services.GetRequiredService<IConsentLedger>().Now([key], default)).OrderBy(n => n.Topic, StringComparer.Ordinal).Select(n => $"{n.Topic} {n.Act} {n.How} {n.Proof} {n.At:O} {n.Source}"));
        });
    }

    private static async Task<Plura.Platform.Result<bool>> Review(TestAccount account, bool meant)
    {
        var text = await account.Ask<Guid>("select id from messaging.stop_review order by seen_at is not null, at limit 1");
        return await account.As(account.OwnerId, s => s.GetRequiredService<ReviewStopHandler>().Handle(new ReviewStop(text, meant), default));
    }
}
