using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

public sealed class CompanyTests(PluraApp app)
{
    [Fact]
    public async Task A_company_is_added_by_hand_and_has_a_page_with_its_people_and_its_story()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("companies"));
        Assert.Contains("No companies yet", list.Text, StringComparison.Ordinal);
        var page = await (await list.Click("New company")).Submit("main form", new { Name = "Miller Roofing", Website = "miller-roofing.example", Phone = "(415) 555-0100", City = "Portland", Country = "US" });
        Assert.Equal("Miller Roofing", page.Find("h1").TextContent.Trim());
        Assert.Contains("+14155550100", page.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody works here yet", page.Text, StringComparison.Ordinal);
        Assert.Contains("Added by Olivia Owner", page.Text, StringComparison.Ordinal);

        await (await page.Click("Add somebody")).Submit(".panel form", new { FirstName = "Ann", Email = "ann@example.com" });
        var again = await account.Browser.Get(page.Url.PathAndQuery);
        Assert.Contains("People (1)", again.Text, StringComparison.Ordinal);
        Assert.Contains("Ann", again.All("td.main"));
        var edited = await (await again.Click("Edit")).Submit(".side-panel form", new { Name = "Miller & Daughters", Website = "" });
        Assert.Contains("name: Miller Roofing → Miller & Daughters", edited.Text, StringComparison.Ordinal);
        Assert.Equal("Miller & Daughters", (await account.List(new ListContacts())).Value.Items[0].Company);
    }

    [Fact]
    public async Task A_name_on_a_contact_makes_the_company_or_finds_it_however_it_is_spelled()
    {
        var account = await app.NewAccount();
        var ann = (await account.Contact(await account.Create("Ann", company: "Bäckerei")))!;
        var ben = (await account.Contact(await account.Create("Ben", company: "BACKEREI ")))!;
        Assert.Equal((ann.CompanyId, "Bäckerei"), (ben.CompanyId, ben.Company));
        Assert.NotNull(ann.CompanyId);
        var both = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => account.TryCreate(new CreateContact { FirstName = $"Twin {n}", Company = "New & Co" })));
        Assert.All(both, r => Assert.Null(r.Refusal));
        Assert.Equal(2L, await account.Ask<long>("select count(*) from contacts.company"));
        Assert.Equal(["Ann", "Ben"], await account.Names(new Condition("company_id", "is", ann.CompanyId!.Value.ToString())));
        Assert.Empty(await account.Names(new Condition("company_id", "is", "none")));
    }

    [Fact]
    public async Task The_api_keeps_companies_and_refuses_a_second_of_the_name()
    {
        var account = await app.NewAccount();
        var made = await account.Api.PostJson("/api/v1/companies", new { name = "Bakery", phone = "415 555 0100" });
        var id = made.GetProperty("id").GetGuid();
        Assert.Equal("+14155550100", made.GetProperty("phone").GetString());
        using (var twice = await account.Api.Post("/api/v1/companies", new { name = "BAKERY" }))
            Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using (var wrong = await account.Api.Post("/api/v1/companies", new { name = "Other", phone = "12", website = "x", country = "Atlantis" }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using (var patched = await account.Api.Send(HttpMethod.Patch, $"/api/v1/companies/{id}", JsonContent.Create(new { name = "Baker's", phone = "" }), follow: false))
            Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        var contact = await account.Api.PostJson("/api/v1/contacts", new { firstName = "Ann", companyId = id });
        Assert.Equal(("Baker's", id), (contact.GetProperty("company").GetString(), contact.GetProperty("companyId").GetGuid()));
        var read = await account.Api.GetJson($"/api/v1/companies/{id}");
        Assert.Equal((1, ""), (read.GetProperty("people").GetInt32(), read.GetProperty("phone").GetString()));
    }

    [Fact]
    public async Task Companies_are_paged_by_key_and_found_by_words()
    {
        var account = await app.NewAccount();
        foreach (var n in Enumerable.Range(1, 7))
            await account.Api.PostJson("/api/v1/companies", new { name = $"Roofer {n}", city = n == 4 ? "São Paulo" : "Portland" });
        foreach (var sort in (string[])["name", "newest"])
        {
            var names = new List<string>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await account.Api.GetJson($"/api/v1/companies?limit=3&sort={sort}{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}");
                names.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("name").GetString()!));
                cursor = page.GetProperty("next").GetString();
            }

            // Those of one moment have no order of their own, but none is left out or comes twice.
            Assert.Equal(Enumerable.Range(1, 7).Select(n => $"Roofer {n}"), sort == "name" ? names : names.Order(StringComparer.Ordinal));
        }

        await account.SignIn();
        Assert.Equal(["Roofer 4"], (await account.Browser.Get(account.Page("companies?q=sao"))).All("td.main"));
        Assert.Contains("No company fits", (await account.Browser.Get(account.Page("companies?q=zzz"))).Text, StringComparison.Ordinal);
        Assert.Contains("This page link no longer works", (await account.Browser.Get(account.Page("companies?cursor=xyz"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_company_lets_its_people_go_and_comes_back_with_them()
    {
        var account = await app.NewAccount();
        var (ann, alone) = (await account.Create("Ann", email: "ann@example.com", company: "Bakery"), await account.Create(company: "Bakery"));
        var moved = await account.Create("Ben", company: "Bakery");
        var bakery = (await account.Contact(ann))!.CompanyId!.Value;
        await account.SignIn();
        var page = await account.Browser.Get(account.Page($"companies/{bakery}"));
        Assert.Contains("3 contacts stay in your address book, without a company.", page.Text, StringComparison.Ordinal);
        await page.Submit("#delete-company form", new { });
        Assert.Equal(("", null), ((await account.Contact(ann))!.Company, (await account.Contact(ann))!.CompanyId));
        Assert.Equal("Bakery", (await account.Contact(alone))!.Name);
        Assert.Equal(HttpStatusCode.NotFound, (await account.Browser.Get(account.Page($"companies/{bakery}"))).Status);
        await account.In(s => s.GetRequiredService<EditContactHandler>().Handle(new EditContact { Id = moved, Company = "Mill" }, default));

        var back = await (await account.Browser.Get(account.Page("companies/bin"))).Submit("main form", new { }, "Bring back");
        Assert.Equal("Bakery", back.Find("h1").TextContent.Trim());
        Assert.Equal(("Bakery", "Mill"), ((await account.Contact(ann))!.Company, (await account.Contact(moved))!.Company));
        Assert.Equal(["ann"], await Texts(account, "sort_name", ann));
    }

    [Fact]
    public async Task What_stands_in_the_database_after_a_new_name_is_what_we_would_have_written()
    {
        var account = await app.NewAccount();
        await account.TryCreate(new CreateContact { FirstName = "Änn", LastName = "Baker", Email = "ann@example.com", Emails = ["other@example.com"], Phone = "+14155550123", Company = "Old" });
        await account.TryCreate(new CreateContact { Company = "Old" });
        await account.TryCreate(new CreateContact { LastName = "Only", Company = "Old" });
        var company = (await account.List(new ListContacts())).Value.Items[0].CompanyId!.Value;
        await account.In(s => s.GetRequiredService<EditCompanyHandler>().Handle(new EditCompany { Id = company, Name = "Größe & Söhne" }, default));
        foreach (var c in (await account.List(new ListContacts())).Value.Items)
        {
            var (emails, phones) = (c.Emails.Select(e => e.Normal).ToList(), c.Phones.Select(p => p.Normal).ToList());
            Assert.Equal("Größe & Söhne", c.Company);
            Assert.Equal([ContactText.Search(c.FirstName, c.LastName, c.Company, emails, phones)], await Texts(account, "search_text", c.Id));
            Assert.Equal([ContactText.Sort(c.FirstName, c.LastName, c.Company, emails.Concat(phones).FirstOrDefault())], await Texts(account, "sort_name", c.Id));
        }
    }

    [Fact]
    public async Task An_import_makes_companies_on_the_way_and_takes_them_back()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@example.com", company: "Bakery");
        var desk = new ImportDesk(account);
        var before = await desk.Fingerprint();
        var ended = await desk.Import("E-Mail,Firma,Ort,Geburtsdatum\nann@example.com,BAKERY,Portland,\nben@example.com,bakery,,2.5.1984\ncleo@example.com,Mill,,\ndan@example.com,MILL,,2020-01-01\n");
        Assert.Equal([3, 1, 0, 0, 0], ended.Counts);
        Assert.Equal(1, ended["newCompanies"]);
        var people = (await account.List(new ListContacts { Sort = "name" })).Value.Items;
        Assert.Equal(["Bakery", "Bakery", "Mill", "Mill"], people.Select(c => c.Company));
        Assert.All(people, c => Assert.NotNull(c.CompanyId));
        Assert.Equal("Portland", (await account.Contact(ann))!.City);
        Assert.Equal(new DateOnly(1984, 5, 2), people.Single(c => c.Email == "ben@example.com").DateOfBirth);
        Assert.True(people.Single(c => c.Email == "dan@example.com").Minor);

        await desk.Undo(ended);
        Assert.Equal(before, await desk.Fingerprint());
        Assert.Equal("Bakery", await account.Ask<string>("select string_agg(name, ' ') from contacts.company"));
    }

    [Fact]
    public async Task Whoever_sees_only_their_own_sees_the_companies_of_their_people()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app, Membership.Member, Sights.Mine);
        var (mina, theo) = (await account.Create("Mina", company: "Mill"), await account.Create("Theo", company: "Tailor"));
        await account.Create("Tom", company: "Mill");
        await account.In(s => s.GetRequiredService<AssignContactHandler>().Handle(new AssignContact { Ids = [mina], Assignee = cora.Id.ToString() }, default));
        var list = await cora.Browser.Get(account.Page("companies"));
        Assert.Equal(["Mill"], list.All("td.main"));
        Assert.Contains("No company fits", (await cora.Browser.Get(account.Page("companies?q=tailor"))).Text, StringComparison.Ordinal);
        var mill = await cora.Browser.Get(account.Page($"companies/{(await account.Contact(mina))!.CompanyId}"));
        Assert.Contains("People (1)", mill.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tom", mill.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page($"companies/{(await account.Contact(theo))!.CompanyId}"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page("companies/bin"))).Status);
        var refused = await (await cora.Browser.Get(account.Page("companies/new"))).Submit("main form", new { Name = "tailor" });
        Assert.Contains("Somebody else in your business has a company of this name.", refused.Text, StringComparison.Ordinal);
        var own = await (await cora.Browser.Get(account.Page("companies/new"))).Submit("main form", new { Name = "Weaver" });
        Assert.Equal("Weaver", own.Find("h1").TextContent.Trim());
    }

    [Fact]
    public async Task Another_accounts_company_is_not_found()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = (await other.Api.PostJson("/api/v1/companies", new { name = "Bakery" })).GetProperty("id").GetGuid();
        await mine.SignIn();
        Assert.Equal(HttpStatusCode.NotFound, (await mine.Browser.Get(mine.Page($"companies/{id}"))).Status);
        using var linked = await mine.Api.Post("/api/v1/contacts", new { firstName = "Ann", companyId = id });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, linked.StatusCode);
    }

    private static async Task<List<string>> Texts(TestAccount account, string column, Guid id)
    {
        await using var open = await account.Open();
        return (await open.Rows($"select {column} from contacts.contact where id = '{id}'")).ConvertAll(r => (string)r[0]!);
    }
}
