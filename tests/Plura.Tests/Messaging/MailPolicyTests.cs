using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Tests.Messaging;

/// <summary>DMARC by RFC 9989, SPF by RFC 7208, and the letter's own body.</summary>
public sealed class MailPolicyTests
{
    [Theory]
    [InlineData("bakery.example", "bakery.example", "reject", "bakery.example=v=DMARC1; p=reject")]
    [InlineData("news.bakery.example", "bakery.example", "quarantine", "bakery.example=v=DMARC1; p=reject; sp=quarantine")]
    [InlineData("news.bakery.example", "bakery.example", "reject", "bakery.example=v=DMARC1; p=reject")]
    [InlineData("news.bakery.co.example", "bakery.co.example", "none", "co.example=v=DMARC1; p=none; psd=y")]
    [InlineData("a.news.bakery.example", "news.bakery.example", "reject", "news.bakery.example=v=DMARC1; p=reject; psd=n|bakery.example=v=DMARC1; p=none")]
    [InlineData("bakery.example", "bakery.example", null, "bakery.example=v=spf1 -all")]
    [InlineData("bakery.example", "bakery.example", null, "bakery.example=v=DMARC1; p=none|bakery.example=v=DMARC1; p=reject")]
    [InlineData("bakery.example", "bakery.example", "none", "bakery.example=v=DMARC1; rua=mailto:a@b.example")]
    public async Task Policy_and_organization_are_found_as_the_tree_is_walked(string domain, string organization, string? policy, string records)
    {
        var answer = await new DmarcWalk(new Names("_dmarc.", records)).Of(domain, default);
        Assert.Equal((organization, policy), (answer!.Organization, answer.Policy));
    }

    [Fact]
    public async Task A_name_of_very_many_labels_costs_eight_questions()
    {
        var names = new Names("_dmarc.", "example=v=DMARC1; p=reject");
        var answer = await new DmarcWalk(names).Of(string.Join('.', Enumerable.Range(1, 40).Select(n => $"l{n}")) + ".example", default);
        Assert.Equal(("example", "reject"), (answer!.Organization, answer.Policy));
        Assert.Equal(8, names.Asked.Count);
    }

    [Fact]
    public async Task Who_cannot_be_asked_says_nothing() => Assert.Null(await new DmarcWalk(new Names("_dmarc.", "") { Broken = true }).Of("bakery.example", default));

    [Theory]
    [InlineData("a.example=v=spf1 mx a ~all", 1, 2, false)]
    [InlineData("a.example=v=spf1 include:b.example -all|b.example=v=spf1 mx ip4:192.0.2.1 ~all", 1, 2, false)]
    [InlineData("a.example=v=spf1 +all", 1, 0, true)]
    [InlineData("a.example=v=spf1 all", 1, 0, true)]
    [InlineData("a.example=v=spf1 a|a.example=v=spf1 mx", 2, 0, false)]
    [InlineData("a.example=v=spf10 a", 0, 0, false)]
    [InlineData("a.example=v=spf1 -all redirect=b.example|b.example=v=spf1 +all", 1, 0, false)]
    [InlineData("a.example=v=spf1 redirect=b.example|b.example=v=spf1 +all", 1, 1, true)]
    [InlineData("a.example=v=spf1 -include:b.example ~all|b.example=v=spf1 +all", 1, 1, false)]
    [InlineData("a.example=v=spf1 include:b.example ~all|b.example=v=spf1 +all", 1, 1, true)]
    [InlineData("a.example=v=spf1 -all +all mx", 1, 0, false)]
    [InlineData("a.example=v=spf1 include:%{i}.b.example redirect=c.example|c.example=v=spf1 ptr -all", 1, 3, false)]
    public async Task Spf_costs_what_its_terms_cost(string records, int count, int lookups, bool everybody)
    {
        var answer = await new SpfCount(new Names("", records)).Of("a.example", default);
        Assert.Equal((count, lookups, everybody), (answer!.Records, answer.Lookups, answer.Everybody));
    }

    [Fact]
    public async Task A_record_that_includes_itself_ends()
    {
        var answer = await new SpfCount(new Names("", "a.example=v=spf1 include:a.example -all")).Of("a.example", default);
        Assert.True(answer!.Lookups > SpfCount.Most);
    }

    [Theory]
    [InlineData("SALE TODAY ONLY", "<p>Fresh bread for everybody today</p>", "subject.shouts")]
    [InlineData("Re: your order", "<p>Fresh bread for everybody today</p>", "subject.pretends")]
    [InlineData("Bread", "<p>Look at <a href='http://bakery.example/a'>our page of today's bread</a></p>", "links.plain")]
    [InlineData("Bread", "<p>Look at <a href='https://bit.ly/abc'>our page of today's bread</a></p>", "links.shortened")]
    [InlineData("Bread", "<p>Look at <a href='https://192.0.2.7/a'>our page of today's bread</a></p>", "links.numbers")]
    [InlineData("Bread", "<p>Look at <a href='https://elsewhere.example/a'>www.bakery.example</a>, fresh bread</p>", "links.false")]
    [InlineData("Bread", "<img src='https://bakery.example/a.png' alt='All of it'>", "pictures.only")]
    [InlineData("Bread", "<img src='https://bakery.example/a.png'>", "pictures.mute")]
    [InlineData("Bread", "<img src='data:image/png;base64,AAAA' alt='x'>", "pictures.inside")]
    public void A_letter_that_looks_like_something_else_is_told_so(string subject, string html, string code) =>
        Assert.Contains(BodyCheck.Examine(new RenderedLetter(subject, html, "Fresh bread for everybody today")), f => f.Code == code);

    [Theory]
    [InlineData("<p>Look at <a href='https://www.bakery.example/a'>bakery.example</a> and write to <a href='mailto:a@b.example'>a@b.example</a></p>")]
    [InlineData("<p><a href='https://shop.bakery.example'>Order now, e.g. bread</a></p>")]
    public void A_fair_letter_has_nothing_against_it(string html) =>
        Assert.All(BodyCheck.Examine(new RenderedLetter("Bread on Sunday", html, "Fresh bread for everybody today")), f => Assert.Equal(LetterHealth.Good, f.Health));

    [Fact]
    public void A_letter_that_Gmail_would_cut_and_one_without_words_are_told_so()
    {
        Assert.Contains(BodyCheck.Examine(new RenderedLetter("Bread", $"<p>{new string('x', 110_000)}</p>", "Fresh bread for everybody today")), f => f.Code == "size.clipped");
        Assert.Contains(BodyCheck.Examine(new RenderedLetter("Bread", "<p>Bread</p>", "Bread")), f => f.Code == "text.empty");
    }

    /// <param name="prefix">Before each name.</param>
    /// <param name="records"><c>name=text|name=text</c>.</param>
    private sealed class Names(string prefix, string records) : IDnsTexts
    {
        private readonly ILookup<string, string> all = records.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split('=', 2)).ToLookup(r => prefix + r[0], r => r[1], StringComparer.Ordinal);

        public bool Broken { get; init; }

        public List<string> Asked { get; } = [];

        public Task<IReadOnlyList<string>?> Texts(string name, CancellationToken ct)
        {
            Asked.Add(name);
            return Task.FromResult<IReadOnlyList<string>?>(Broken ? null : [.. all[name]]);
        }
    }
}
