using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;

namespace Plura.Tests;

public sealed class MailDomainTests(PluraApp app)
{
    private const string Name = "plura._domainkey.mail.sunrise.example";

    [Fact]
    public async Task A_domain_counts_once_its_own_record_says_so()
    {
        await using var names = new LocalNames();
        await using var own = await Host(names);
        MailKeys.Make(own);
        var house = await AgencyHouse.Open(own);
        var saved = await Save(house, "Mail.Sunrise.example");
        Assert.Contains("Not proven yet", saved.Find("#mail").TextContent, StringComparison.Ordinal);
        Assert.Contains("Nobody has looked yet", saved.Find("#mail").TextContent, StringComparison.Ordinal);
        Assert.Contains(Name, saved.Find("#mail").TextContent, StringComparison.Ordinal);
        var record = saved.Find("#mail .copy-line code").TextContent;

        var missing = await Check(saved);
        Assert.Contains("The record is not there, or says something else.", missing.Text, StringComparison.Ordinal);
        Assert.Contains("We last looked", missing.Find("#mail").TextContent, StringComparison.Ordinal);
        names.Texts[Name] = record.Replace("; ", " ;", StringComparison.Ordinal);
        var found = await Check(missing);
        Assert.Contains("The record is there. The domain is in use.", found.Text, StringComparison.Ordinal);
        Assert.Contains("In use", found.Find("#mail").TextContent, StringComparison.Ordinal);
        Assert.Equal("mail.sunrise.example", await Counts(own, house));
        Assert.Equal(2, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'agency.check_mail_domain'"));
    }

    [Fact]
    public async Task Another_domain_has_to_prove_itself_anew()
    {
        await using var names = new LocalNames();
        await using var own = await Host(names);
        MailKeys.Make(own);
        var house = await AgencyHouse.Open(own);
        await Confirm(names, house);
        Assert.Equal("mail.sunrise.example", await Counts(own, house));
        // The look is changed, the domain is not.
        await Save(house, "mail.sunrise.example");
        Assert.Equal("mail.sunrise.example", await Counts(own, house));
        await Save(house, "mail.victim.example");
        Assert.Null(await Counts(own, house));
    }

    [Fact]
    public async Task Typing_in_a_domain_that_has_the_key_for_somebody_else_proves_nothing()
    {
        await using var names = new LocalNames();
        await using var own = await Host(names);
        MailKeys.Make(own);
        await Confirm(names, await AgencyHouse.Open(own));
        var thief = await AgencyHouse.Open(own);
        await Check(await Save(thief, "mail.sunrise.example"));
        Assert.Null(await Counts(own, thief));
    }

    [Fact]
    public async Task A_record_that_goes_away_ends_it_and_one_that_comes_back_begins_it_again()
    {
        await using var names = new LocalNames();
        await using var own = await Host(names);
        MailKeys.Make(own);
        var house = await AgencyHouse.Open(own);
        await Confirm(names, house);
        var watch = own.Services.GetRequiredService<MailDomainWatch>();
        Assert.Equal(0, await watch.Look(CancellationToken.None));
        names.Broken = true;
        Assert.Equal(0, await watch.Look(CancellationToken.None));
        Assert.Equal("mail.sunrise.example", await Counts(own, house));
        names.Broken = false;

        names.Texts.Remove(Name, out var record);
        Assert.Equal(1, await watch.Look(CancellationToken.None));
        Assert.Null(await Counts(own, house));
        Assert.Contains("The record was there and is gone", (await house.Desk.Get(house.At("brand"))).Find("#mail").TextContent, StringComparison.Ordinal);
        names.Texts[Name] = record!;
        Assert.Equal(1, await watch.Look(CancellationToken.None));
        Assert.Equal("mail.sunrise.example", await Counts(own, house));
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.operator_audit_entry where act = $1 and actor_kind = 'system'", MailDomainWatch.Lost));
    }

    [Fact]
    public async Task Without_a_key_the_page_says_who_makes_one_and_how()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        var saved = await Save(house, "mail.sunrise.example");
        Assert.Contains("Whoever runs it makes one", saved.Find("#mail").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("bin/plura dkim create", saved.Find("#mail .copy-line code").TextContent, StringComparison.Ordinal);
        Assert.Empty(saved.All("#mail form"));
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; n=plura-{agency}; p={key}", true)]
    [InlineData("n=plura-{agency};p={key}", true)]
    [InlineData("v=DKIM1; k=rsa; p={key}", false)]
    [InlineData("v=DKIM1; k=rsa; n=plura-{agency}; p=", false)]
    [InlineData("v=DKIM1; k=ed25519; n=plura-{agency}; p={key}", false)]
    [InlineData("v=DKIM1; h=sha1; n=plura-{agency}; p={key}", false)]
    [InlineData("", false)]
    public void A_record_is_read_as_receivers_of_mail_read_it(string text, bool fits)
    {
        var (agency, key) = (new Guid("01900000-0000-7000-8000-000000000001"), new PublishedMailKey("plura", "TUlJQg=="));
        var record = text.Replace("{agency}", agency.ToString("N"), StringComparison.Ordinal).Replace("{key}", key.PublicKey, StringComparison.Ordinal);
        Assert.Equal(fits, MailDomainRecord.Fits([record], key, agency));
        Assert.False(MailDomainRecord.Fits([record, "v=DKIM1; p=other"], key, agency));
        Assert.False(MailDomainRecord.Fits([], key, agency));
    }

    private Task<PluraApp> Host(LocalNames names) => app.Another("--Plura:Roles=web", $"--Dns:Server={names.Address}");

    private static async Task<WebPage> Save(AgencyHouse house, string domain) =>
        await (await house.Desk.Get(house.At("brand"))).Submit("input[name='Command.Accent']", new { Name = "Sunrise", SenderDomain = domain });

    private static Task<WebPage> Check(WebPage page) => page.Submit("#mail form", new { });

    private static async Task Confirm(LocalNames names, AgencyHouse house)
    {
        var saved = await Save(house, "mail.sunrise.example");
        names.Texts[Name] = saved.Find("#mail .copy-line code").TextContent;
        await Check(saved);
    }

    private static async Task<string?> Counts(PluraApp own, AgencyHouse house)
    {
        var agency = await house.AgencyId();
        return await own.In(null, async services => (await services.GetRequiredService<IAgencyBrands>().OfAgency(agency, default))?.MailDomain);
    }
}
