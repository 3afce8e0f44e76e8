using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts;
using Plura.Accounts.Contracts;
using Plura.Accounts.Data;
using Plura.Tests.Campaigns;

namespace Plura.Tests;

public sealed class SnapshotTests(PluraApp app)
{
    [Fact]
    public async Task Saved_stamped_on_an_empty_account_and_saved_again_it_is_the_same_file()
    {
        var (account, empty) = (await app.NewAccount(), await app.NewAccount("New Bakery"));
        await account.Furnish(app);
        var text = await account.SetUpText();
        Assert.Equal(text, await account.SetUpText());
        var report = await empty.Put(text);
        Assert.Equal(0, report.Count(StampOutcome.Refused));
        Assert.Equal(text, await empty.SetUpText());
        // Every part has something in it: equal files of nothing would say nothing.
        var parts = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("parts");
        Assert.Empty(parts.EnumerateObject().Where(p => p.Value.GetArrayLength() == 0).Select(p => p.Name));
        Assert.Equal(await account.In(s => Task.FromResult(s.GetServices<ISnapshotPart>().Count())), parts.EnumerateObject().Count());
        foreach (var thing in (string[])["shoe_size", "VIP", "Very important", "Helper", "Front desk", "Ready to send", "\"allowDuplicates\": true"])
            Assert.Contains(thing, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_personal_travels()
    {
        var account = await app.NewAccount();
        await account.Furnish(app);
        var text = await account.SetUpText();
        foreach (var personal in (string[])["Ann", "ann@people.example", "Just Ann", "Olivia", account.Owner(), account.Slug, "hello@", account.OwnerId.ToString(), account.Id.ToString()])
            Assert.DoesNotContain(personal, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stamped_twice_the_second_time_changes_nothing_and_trying_says_before_what_stamping_does()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount("Other Bakery"));
        await account.Furnish(app);
        await other.Person("Ben", tag: "vip");
        await other.Person("Cleo", tag: "Regulars");
        await other.In(async services =>
        {
            var db = services.GetRequiredService<Plura.Platform.PluraDb>();
            db.Add(Plura.Contacts.Data.CustomField.New("plan", "Plan", Plura.Contacts.Data.CustomField.Text, "", 1, app.Clock.GetUtcNow()));
            db.Add(Plura.Contacts.Data.CustomField.New("shoe_size", "Size of shoe", Plura.Contacts.Data.CustomField.Number, "", 2, app.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
        });
        await other.Letter(subject: "Their own");
        var (text, before) = (await account.SetUpText(), await other.SetUpText());
        var tried = await other.Put(text, tryOnly: true);
        Assert.Equal(before, await other.SetUpText());
        Assert.Equal(0, await other.Ask<long>("select count(*) from accounts.account_snapshot"));
        var done = await other.Put(text);
        Assert.Equal(Said(tried), Said(done));
        Assert.Contains(done.Lines, l => l is { Name: "plan", Outcome: StampOutcome.Refused, Why: not null });
        Assert.Contains(done.Lines, l => l is { Name: "VIP", Outcome: StampOutcome.Refused });
        Assert.Contains(done.Lines, l => l is { Name: "shoe_size", Outcome: StampOutcome.Changed } && l.Changes.Any(c => c is { Left: "Size of shoe", Right: "Shoe size" }));
        Assert.Contains(done.Lines, l => l is { Name: "Helper", Outcome: StampOutcome.Added });
        Assert.True(done.Untouched > 0);

        var after = await other.SetUpText();
        var again = await other.Put(text);
        Assert.Equal(after, await other.SetUpText());
        Assert.Equal(0, again.Count(StampOutcome.Added) + again.Count(StampOutcome.Changed));
        Assert.Equal(1, await other.Ask<long>("select count(*) from accounts.account_snapshot where name like 'Before stamping%'"));

        // And back: what was changed is again as it was.
        var way = await other.Ask<string>("select document from accounts.account_snapshot");
        Assert.Equal(before, way);
        await other.Put(way!);
        Assert.Contains("Size of shoe", await other.SetUpText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_do_it_by_hand_may_not_do_it_by_a_stamp()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount("Other Bakery"));
        await account.Furnish(app);
        var report = await other.Put(await account.SetUpText(), tryOnly: false, "contacts.edit", "forms.edit", "account.roles");
        Assert.Contains(report.Lines, l => l is { Part: "Tags", Outcome: StampOutcome.Added });
        Assert.All(report.Lines.Where(l => l.Part is "Teams" or "Drafts of campaigns" or "Settings of contacts"), l => Assert.Equal(StampOutcome.Refused, l.Outcome));
        // It may make roles, and none that may more than itself.
        Assert.Contains(report.Lines, l => l is { Name: "Helper", Outcome: StampOutcome.Refused, Why: "A role cannot be given more than you may yourself." });
        Assert.Equal(0, await other.Ask<long>("select count(*) from accounts.role"));
    }

    [Theory]
    [InlineData("not json at all", "cannot be read")]
    [InlineData("[]", "no set-up file of PluraOS")]
    [InlineData("{\"format\":\"something-else\",\"version\":1,\"parts\":{}}", "no set-up file of PluraOS")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":2,\"parts\":{}}", "another version")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1}", "not the shape")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"contacts\":[]}}", "a part called “contacts”")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"tags\":{}}}", "“tags” is no list")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"tags\":[{\"name\":\"A\",\"secret\":1}]}}", "Under “tags”")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"tags\":[{\"name\":null}]}}", "Under “tags”")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"tags\":[null]}}", "signs or gaps")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"forms\":[{\"name\":\"A\",\"title\":\"A\",\"button\":\"A\",\"thankYou\":\"A\",\"fields\":[null],\"tags\":[],\"consents\":[],\"doubleOptIn\":true}]}}", "signs or gaps")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"forms\":[{\"name\":\"A\",\"title\":\"A\",\"button\":\"A\",\"thankYou\":\"A\",\"fields\":[{\"path\":\"email\"}],\"tags\":[],\"consents\":[],\"doubleOptIn\":true}]}}", "Under “forms”")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"tags\":[{\"name\":\"a\\u0000b\"}]}}", "signs or gaps")]
    [InlineData("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{\"tags\":[{\"name\":\"a\\ud800b\"}]}}", "signs or gaps")]
    public async Task A_bad_file_gets_a_clear_sentence_and_leaves_nothing(string text, string sentence)
    {
        var account = await app.NewAccount();
        var shelf = await (await account.SignIn()).Get(account.Page("settings/snapshots"));
        var page = await shelf.Submit("form[enctype]", new { File = new UploadedFile("bad.json", Encoding.UTF8.GetBytes(text), "application/json") });
        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await account.Ask<long>("select count(*) from accounts.account_snapshot"));
    }

    [Fact]
    public async Task Too_much_of_it_is_refused()
    {
        var parts = await app.In(Guid.CreateVersion7(app.Clock.GetUtcNow()), services => Task.FromResult(services.GetServices<ISnapshotPart>().ToList()));
        var many = string.Join(',', Enumerable.Range(0, SetUp.MostItems + 1).Select(n => $"{{\"name\":\"tag {n}\"}}"));
        Assert.Equal("snapshot.too_many", SetUp.Parse($"{{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{{\"tags\":[{many}]}}}}", parts).Refusal?.Code);
        Assert.Equal("snapshot.too_large", SetUp.Parse(new string(' ', SetUp.LongestText + 1), parts).Refusal?.Code);
    }

    [Fact]
    public async Task An_owner_saves_downloads_uploads_compares_tries_and_puts_it_back_in_the_pages()
    {
        var account = await app.NewAccount();
        await account.Furnish(app);
        var browser = await account.SignIn();
        var saved = await (await browser.Get(account.Page("settings/snapshots"))).Submit("[name='Command.Name']", new { Name = "Spring set-up" });
        Assert.Contains("The set-up is saved.", saved.Text, StringComparison.Ordinal);
        var here = saved.Url.AbsolutePath;
        using (var file = await browser.Send(HttpMethod.Get, here + "/file"))
            Assert.Equal(await account.SetUpText(), await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Both are alike in everything.", (await browser.Get(here + "?with=now")).Text, StringComparison.Ordinal);

        await account.Letter(subject: "Autumn");
        await account.In(services => services.GetRequiredService<Plura.Contacts.TellApartHandler>().Handle(new Plura.Contacts.TellApart { AllowDuplicates = false, MatchFirst = "phone" }, default));
        var compared = await browser.Get(here + "?with=now");
        Assert.Contains("Only in this account as it is now", compared.Text, StringComparison.Ordinal);
        Assert.Contains("allow duplicates: “true” → “false”", compared.Text, StringComparison.Ordinal);
        var tried = await compared.Submit("form:has([name='Command.TryOnly'])", new { }, "Try it out");
        Assert.Contains("This is what stamping it would do", tried.Text, StringComparison.Ordinal);
        Assert.Contains("Would be changed", tried.Text, StringComparison.Ordinal);
        var done = await tried.Submit("form:has([name='Command.TryOnly'])", new { }, "Put it on this account");
        Assert.Contains("It is stamped", done.Text, StringComparison.Ordinal);
        Assert.True(await account.Ask<bool>("select allow_duplicates from contacts.settings"));
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.stamp_snapshot'"));

        var uploaded = await (await browser.Get(account.Page("settings/snapshots"))).Submit("form[enctype]", new { File = new UploadedFile("from elsewhere.json", Encoding.UTF8.GetBytes(await account.SetUpText()), "application/json") });
        Assert.Contains("from elsewhere", uploaded.Text, StringComparison.Ordinal);
        var gone = await uploaded.Submit("#delete-snapshot form", new { });
        Assert.Contains("The snapshot is deleted.", gone.Text, StringComparison.Ordinal);
        var admin = await account.Colleague(app, Membership.Admin);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.Browser.Get(account.Page("settings/snapshots"))).Status);
    }

    [Fact]
    public async Task An_agency_stamps_what_it_may_reach_and_nothing_else()
    {
        var house = await AgencyHouse.Open(app);
        var stranger = await app.NewAccount("Stranger");
        await house.Shop.Furnish(app);
        var shelf = await house.Desk.Get(house.At("snapshots"));
        Assert.Contains("It has not let you work in it", shelf.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Stranger", shelf.Text, StringComparison.Ordinal);
        foreach (var account in (Guid[])[house.Shop.Id, stranger.Id])
            await shelf.Submit("[name='Command.Name']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Name"] = "Taken", ["Command.AccountId"] = account.ToString() });
        Assert.Equal(0, await app.Ask<long>("select count(*) from accounts.agency_snapshot where agency_id = $1", await house.AgencyId()));

        await house.Grant(may: "work");
        var saved = await (await house.Desk.Get(house.At("snapshots"))).Submit("[name='Command.Name']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Name"] = "Bakery", ["Command.AccountId"] = house.Shop.Id.ToString() });
        Assert.Contains("The set-up is saved.", saved.Text, StringComparison.Ordinal);
        Assert.Equal(1, await house.Shop.Ask<long>("select count(*) from privacy.audit_entry where act = 'account.save_snapshot' and actor_id = $1", house.DeskPerson));

        // A new account that nobody has taken over yet is the agency's to set up.
        var made = await (await house.Desk.Get(house.At("accounts/new"))).Submit("[name='Command.Name']", new { Name = "Fresh Bakery", Country = "US", TimeZone = "America/New_York", Owner = "them", OwnerEmail = "fresh@people.example" });
        var fresh = await app.Ask<Guid>("select id from accounts.account where name = 'Fresh Bakery' and agency_id = $1", await house.AgencyId());
        var page = await house.Desk.Get(saved.Url.AbsolutePath);
        var done = await page.Submit("form:has([name='Command.TryOnly'])", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.AccountId"] = fresh.ToString() }, "Stamp it");
        Assert.Contains("It is stamped", done.Text, StringComparison.Ordinal);
        Assert.True(await app.Ask<long>("select count(*) from sites.form where tenant_id = $1", fresh) > 0);
        Assert.Equal(1, await app.Ask<long>("select count(*) from privacy.audit_entry where tenant_id = $1 and act = 'account.stamp_snapshot' and actor_id = $2", fresh, house.DeskPerson));
        Assert.Contains("Both are alike in everything.", (await house.Desk.Get($"{saved.Url.AbsolutePath}?with={fresh}")).Text, StringComparison.Ordinal);

        // Nobody else's desk sees the agency's shelf.
        await stranger.SignIn();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Get(saved.Url.AbsolutePath)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Browser.Get($"/g/{stranger.Slug}/snapshots/{saved.Url.AbsolutePath.Split('/')[^1]}")).Status);
    }

    [Fact]
    public async Task What_an_agency_stamped_on_an_account_that_nobody_has_taken_it_can_put_back_itself()
    {
        var house = await AgencyHouse.Open(app);
        await house.Shop.Furnish(app);
        var (fresh, agency) = (await app.NewAccount("Fresh Bakery"), await house.AgencyId());
        await fresh.In(async services =>
        {
            var db = services.GetRequiredService<Plura.Platform.PluraDb>();
            db.Add(Plura.Contacts.Data.CustomField.New("shoe_size", "Size of shoe", Plura.Contacts.Data.CustomField.Number, "", 2, app.Clock.GetUtcNow()));
            await db.SaveChangesAsync();
        });
        await app.Do("delete from accounts.membership where account_id = $1", fresh.Id);
        await app.Do("update accounts.account set agency_id = $1 where id = $2", agency, fresh.Id);
        var uploaded = await (await house.Desk.Get(house.At("snapshots"))).Submit("form[enctype]", new { File = new UploadedFile("ours.json", Encoding.UTF8.GetBytes(await house.Shop.SetUpText()), "application/json") });
        Assert.Contains("Shoe size", (await Stamped(uploaded)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Size of shoe", await fresh.SetUpText(), StringComparison.Ordinal);

        var way = await (await house.Desk.Get(house.At("snapshots"))).Click("Before stamping ours on Fresh Bakery");
        await Stamped(way);
        Assert.Contains("Size of shoe", await fresh.SetUpText(), StringComparison.Ordinal);

        Task<WebPage> Stamped(WebPage page) => page.Submit("form:has([name='Command.TryOnly'])", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.AccountId"] = fresh.Id.ToString() }, "Stamp it");
    }

    private static IEnumerable<string> Said(StampReport report) => report.Lines.Select(l => $"{l.Part} {l.Name} {l.Outcome} {l.Why} {string.Join(';', l.Changes)}").Append($"{report.Untouched}");
}
