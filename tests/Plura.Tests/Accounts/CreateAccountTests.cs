using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plura.Messaging;

namespace Plura.Tests;

public sealed partial class CreateAccountTests(PluraApp app)
{
    [Fact]
    public async Task The_account_belongs_to_the_business_and_whoever_opens_it_is_not_inside()
    {
        var house = await AgencyHouse.Open(app);
        var page = await Open(house, $"ada@{house.DeskSlug}.example");
        Assert.Contains("We have written to its owner.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Waits for its owner", page.Text, StringComparison.Ordinal);
        var (id, slug) = await Made(house);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1", id));
        Assert.Equal(HttpStatusCode.NotFound, (await house.Desk.Get($"/a/{slug}")).Status);
        Assert.Equal(1, await app.Ask<long>("select count(*) from privacy.operator_audit_entry where act = 'agency.create_account' and about = $1", id));
        Assert.Equal(1, await app.Ask<long>("select count(*) from privacy.audit_entry where act = 'agency.create_account' and tenant_id = $1", id));
    }

    [Fact]
    public async Task Its_owner_takes_it_over_by_the_letter_and_accepts_the_agreement()
    {
        var (house, business) = (await AgencyHouse.Open(app), await app.NewAccount("Roofer"));
        var email = $"owner@{business.Slug}.example";
        await Open(house, email);
        var (id, slug) = await Made(house);
        var link = await Letter(id, email);

        var owner = await business.SignIn();
        var page = await owner.Get(link);
        Assert.Contains("Sunrise Agency has opened an account for Gym Uptown", page.Text, StringComparison.Ordinal);
        var refused = await page.Submit("main form", new { });
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1", id));
        Assert.Contains("accept the data-processing agreement", refused.Text, StringComparison.Ordinal);
        var inside = await page.Submit("main form", new { AcceptProcessing = true });
        Assert.Equal($"/a/{slug}", inside.Url.AbsolutePath);
        Assert.Equal(1, await app.Ask<long>("select count(*) from accounts.acceptance where account_id = $1 and user_id = $2 and document = 'dpa'", id, business.OwnerId));
        Assert.Contains("You belong to Gym Uptown", (await owner.Get(link)).Text, StringComparison.Ordinal);
        Assert.Contains("This invitation was used", (await app.NewBrowser().Get(link)).Text, StringComparison.Ordinal);
        Assert.Equal(1, await app.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.take_over' and tenant_id = $1", id));
    }

    [Fact]
    public async Task Somebody_new_takes_it_over_without_opening_a_business_of_their_own()
    {
        var house = await AgencyHouse.Open(app);
        var email = $"nina@{house.DeskSlug}.example";
        await Open(house, email);
        var (id, slug) = await Made(house);
        var browser = app.NewBrowser();
        var page = await browser.Get(await Letter(id, email));
        Assert.Contains("Gym Uptown is yours", page.Text, StringComparison.Ordinal);
        var asked = await page.Submit("[name='Command.Name']", new { Name = "Nina New", Password = "another set of words", BirthYear = "1980", AcceptTerms = true, AcceptProcessing = true });
        var inside = await asked.Submit(null, new { Email = email, Password = "another set of words" });
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/a/{slug}/settings/people")).Status);
        Assert.Equal("owner", await app.Ask<string>("select role from accounts.membership where account_id = $1", id));
        Assert.Equal(1, await app.Ask<long>("select count(*) from accounts.membership m join accounts.user u on u.id = m.user_id where u.email = $1", email));
    }

    [Fact]
    public async Task The_agency_asks_again_or_asks_somebody_else_and_then_the_first_link_is_dead()
    {
        await using var own = await app.Another();
        var house = await AgencyHouse.Open(own);
        await Open(house, $"ada@{house.DeskSlug}.example");
        var agency = await house.AgencyId();
        var id = await own.Ask<Guid>("select id from accounts.account where agency_id = $1 and name = 'Gym Uptown'", agency);
        var first = (await own.Letter($"ada@{house.DeskSlug}.example", "Sunrise Agency opened an account for Gym Uptown")).HtmlBody!;
        var page = await house.Desk.Get(house.At($"accounts/{id}"));
        Assert.Contains("a moment ago", (await page.Submit("[name='Owner.OwnerEmail']", new { OwnerEmail = $"eve@{house.DeskSlug}.example" })).Text, StringComparison.Ordinal);
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        var said = await (await house.Desk.Get(house.At($"accounts/{id}"))).Submit("[name='Owner.OwnerEmail']", new { OwnerEmail = $"eve@{house.DeskSlug}.example" });
        Assert.Contains($"We have written to eve@{house.DeskSlug}.example.", said.Text, StringComparison.Ordinal);
        Assert.Contains("withdrawn", (await own.NewBrowser().Get(JoinLink().Match(first).Value)).Text, StringComparison.Ordinal);
        var second = (await own.Letter($"eve@{house.DeskSlug}.example", "Sunrise Agency opened an account for Gym Uptown")).HtmlBody!;
        Assert.Contains("Gym Uptown is yours", (await own.NewBrowser().Get(JoinLink().Match(second).Value)).Text, StringComparison.Ordinal);
        Assert.Equal(1, await own.Ask<long>("select count(*) from privacy.audit_entry where act = 'agency.offer_account' and tenant_id = $1", id));
    }

    [Fact]
    public async Task A_link_in_other_hands_takes_nothing()
    {
        var (house, other) = (await AgencyHouse.Open(app), await app.NewAccount("Other"));
        await Open(house, $"ada@{house.DeskSlug}.example");
        var (id, _) = await Made(house);
        var page = await (await other.SignIn()).Get(await Letter(id, $"ada@{house.DeskSlug}.example"));
        Assert.Contains("This invitation is for another address", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.membership where account_id = $1", id));
    }

    [Fact]
    public async Task Whoever_runs_it_themselves_owns_it_and_accepts_the_agreement_for_it()
    {
        var house = await AgencyHouse.Open(app);
        var form = await house.Desk.Get(house.At("accounts/new"));
        var refused = await form.Submit("input[name='Command.Name']", new { Name = "My gym", Country = "US", TimeZone = "America/New_York", Owner = "me" });
        Assert.Contains("accept the data-processing agreement", refused.Text, StringComparison.Ordinal);
        Assert.Equal("My gym", refused.Find("input[name='Command.Name']").GetAttribute("value"));
        var made = await refused.Submit("input[name='Command.Name']", new { AcceptProcessing = true });
        Assert.Contains("My gym is open, and yours.", made.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await made.Click("Open the account")).Status);
    }

    [Fact]
    public async Task Without_an_owner_there_is_no_account()
    {
        var house = await AgencyHouse.Open(app);
        var before = await app.Ask<long>("select count(*) from accounts.account where agency_id = $1", await house.AgencyId());
        var refused = await (await house.Desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = "Gym", Country = "US", TimeZone = "America/New_York" });
        Assert.Contains("Enter the owner's e-mail address", refused.Find("#Command-OwnerEmail-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await app.Ask<long>("select count(*) from accounts.account where agency_id = $1", await house.AgencyId()));
    }

    private static async Task<WebPage> Open(AgencyHouse house, string ownerEmail) =>
        await (await house.Desk.Get(house.At("accounts/new"))).Submit("input[name='Command.Name']", new { Name = "Gym Uptown", Country = "US", TimeZone = "America/New_York", OwnerEmail = ownerEmail });

    private async Task<(Guid Id, string Slug)> Made(AgencyHouse house)
    {
        var agency = await house.AgencyId();
        return (await app.Ask<Guid>("select id from accounts.account where agency_id = $1 and name = 'Gym Uptown'", agency), (await app.Ask<string>("select slug from accounts.account where agency_id = $1 and name = 'Gym Uptown'", agency))!);
    }

    private async Task<string> Letter(Guid account, string to)
    {
        await OutboxWork.Run(app, account, mayFail: false);
        await app.Services.GetRequiredService<Pump>().RunDue(CancellationToken.None);
        var source = await app.Ask<byte[]>("select source from dev.message where recipient = $1", to) ?? throw new InvalidOperationException("No letter came.");
        using var stream = new MemoryStream(source);
        var mail = await MimeMessage.LoadAsync(stream, CancellationToken.None);
        Assert.Equal("Sunrise Agency opened an account for Gym Uptown", mail.Subject);
        return JoinLink().Match(mail.HtmlBody ?? "").Value;
    }

    [GeneratedRegex("/join/[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex JoinLink();
}
