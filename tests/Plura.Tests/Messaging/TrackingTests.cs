using System.Net;
using Plura.Messaging;

namespace Plura.Tests.Messaging;

public sealed class TrackingTests(PluraApp app)
{
    private const string Human = SentLetter.Human;

    [Theory]
    [InlineData("GET", "Mozilla/5.0", null, "Apple's Mail Privacy Protection fetched it")]
    [InlineData("GET", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", null, "Gmail's image proxy fetched it")]
    [InlineData("GET", "BarracudaCentral/1.0", null, "Barracuda's scanner followed it")]
    [InlineData("GET", "", null, "it did not say what program it was")]
    [InlineData("GET", Human, "prefetch", "a program fetched it ahead of time")]
    [InlineData("HEAD", Human, null, "it asked for the headers only")]
    [InlineData("GET", Human, null, null)]
    public void Tells_machines_by_what_they_say(string method, string agent, string? purpose, string? reason) =>
        Assert.Equal(reason, Robots.Reason(new LinkVisit(method, agent, purpose, TimeSpan.FromHours(1), 0, DecoyLately: false)));

    [Fact]
    public void Tells_machines_by_what_they_do()
    {
        Assert.Equal("it came within three seconds of the hand-over", Robots.Reason(new LinkVisit("GET", Human, null, TimeSpan.FromSeconds(1), 0, DecoyLately: false)));
        Assert.Equal("several links were followed within two seconds", Robots.Reason(new LinkVisit("GET", Human, null, null, 2, DecoyLately: false)));
        Assert.Equal("the same visitor followed a link that people cannot see", Robots.Reason(new LinkVisit("GET", Human, null, null, 0, DecoyLately: true)));
    }

    [Fact]
    public async Task Counts_people_and_machines_apart()
    {
        var letter = await SentLetter.Send(app);
        await Visit(letter.Open, "Mozilla/5.0");
        await Later(letter);
        await Visit(letter.Open, Human);
        Assert.Equal("Apple's Mail Privacy Protection fetched it; person", await letter.Events("opened"));
        Assert.True(await app.Ask<bool>("select opened_at is not null and robot_opened_at is not null from messaging.send where id = $1", letter.SendId));
    }

    [Fact]
    public async Task A_link_with_letters_of_any_language_leads_where_it_says()
    {
        var letter = await SentLetter.Send(app, "<p><a href=\"https://bücher.example/straße?q=süß\">Bücher</a></p>");
        await Later(letter);
        using var answer = await Visit(letter.Links[0], Human);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("https://xn--bcher-kva.example/stra%C3%9Fe?q=s%C3%BC%C3%9F", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Sends_a_reader_on_to_what_the_letter_says_and_nowhere_else()
    {
        var letter = await SentLetter.Send(app);
        await Later(letter);
        using var answer = await Visit(letter.Links[0], Human);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("https://shop.example/a", answer.Headers.Location?.ToString());
        Assert.Equal("person", await letter.Events("clicked"));
        using var other = await Visit(letter.Links[0] + "?url=https://evil.example", Human);
        Assert.Equal("https://shop.example/a", other.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_burst_gives_a_scanner_away_and_its_first_click_is_taken_back()
    {
        var letter = await SentLetter.Send(app);
        await Later(letter);
        foreach (var link in letter.Links.Take(3))
            (await Visit(link, Human)).Dispose();
        Assert.Equal("person; person; several links were followed within two seconds", await letter.Events("clicked"));
        Assert.True(await app.Ask<bool>("select clicked_at is null and robot_clicked_at is not null from messaging.send where id = $1", letter.SendId));
    }

    [Fact]
    public async Task Whoever_follows_the_link_that_nobody_sees_is_a_machine()
    {
        var letter = await SentLetter.Send(app);
        await Later(letter);
        (await Visit(letter.Links[0], Human)).Dispose();
        using var decoy = await Visit(letter.Links[^1], Human);
        Assert.Equal(HttpStatusCode.OK, decoy.StatusCode);
        Assert.True(await app.Ask<bool>("select clicked_at is null and robot_clicked_at is not null from messaging.send where id = $1", letter.SendId));
    }

    [Fact]
    public async Task A_picture_comes_even_for_a_token_that_is_not_ours()
    {
        using var answer = await Visit("/o/nothing", Human);
        Assert.Equal("image/gif", answer.Content.Headers.ContentType?.MediaType);
    }

    private Task<HttpResponseMessage> Visit(string path, string agent) => SentLetter.Visit(app, path, agent);

    private static Task Later(SentLetter letter) => letter.Later();
}
