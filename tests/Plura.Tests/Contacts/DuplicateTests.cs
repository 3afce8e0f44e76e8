using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

public sealed class DuplicateTests(PluraApp app)
{
    [Fact]
    public async Task The_same_address_and_the_same_name_in_one_company_are_found_and_nothing_else()
    {
        var account = await Loose();
        var (ann, anna) = (await account.Create("Ann", email: "ann@x.example"), await account.Create("Anna", email: "ANN@x.example"));
        var (bob, rob) = (await account.Create("Bob", phone: "+1 207 774 0100"), await account.Create("Rob", phone: "(207) 774-0100"));
        var (cleo, cléo) = (await account.Create("Cleo", "Miller", company: "Miller Roofing"), await account.Create("Cléo", "MILLER", company: "miller roofing"));
        await account.Create("Dan", "Brown", company: "Brown Dental");
        await account.Create("Dan", "Brown");
        await account.Create("Dan", "Brown", company: "Other Dental");
        var groups = await Find(account);
        Assert.Equal(
            [Group(["email"], ann, anna), Group(["phone"], bob, rob), Group(["name"], cleo, cléo)],
            groups.Select(g => Group(g.By, [.. g.Contacts.Select(c => c.Id)])));
        Assert.Equal(["phone"], (await account.In(s => s.GetRequiredService<ListDuplicatesHandler>().Handle(new ListDuplicates { By = "phone" }, default))).Value.Items.SelectMany(g => g.By));
    }

    [Fact]
    public async Task Who_hangs_together_by_different_marks_is_one_group_and_a_mailbox_of_many_is_no_explosion()
    {
        var account = await Loose();
        var ann = await account.Create("Ann", email: "ann@x.example");
        var anna = await account.Create("Anna", email: "ann@x.example", phone: "+12077740100");
        var annie = await account.Create("Annie", phone: "+12077740100");
        for (var n = 0; n < 20; n++)
            await account.Create($"Office {n}", email: "info@office.example");
        var groups = await Find(account);
        Assert.Equal([Group(["email", "phone"], ann, anna, annie)], groups.Where(g => g.Count == 3).Select(g => Group(g.By, [.. g.Contacts.Select(c => c.Id)])));
        Assert.Equal((20, ListDuplicatesHandler.Shown), groups.Where(g => g.Count > 3).Select(g => (g.Count, g.Contacts.Count)).Single());
        Assert.Equal(19L + 2L, await account.Ask<long>("select count(*) from contacts.duplicate"));
    }

    [Fact]
    public async Task What_is_told_apart_is_not_shown_again_and_can_be_taken_back()
    {
        var account = await Loose();
        var (ann, ben) = (await account.Create("Ann", email: "family@x.example"), await account.Create("Ben", email: "family@x.example"));
        await Find(account);
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page("contacts/duplicates"));
        Assert.Contains("The same e-mail", page.Text, StringComparison.Ordinal);
        var group = await account.Ask<Guid>("select group_id from contacts.duplicate");
        var apart = await page.Submit("form:has(.twins)", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = $"apart:{group}" });
        Assert.Contains("They are not shown as duplicates any more.", apart.Text, StringComparison.Ordinal);
        Assert.Contains("No duplicates", apart.Text, StringComparison.Ordinal);
        Assert.Empty(await Find(account));
        var back = await apart.Submit("form[action$='/undo']", new { });
        Assert.Equal(HttpStatusCode.OK, back.Status);
        Assert.Equal([Group(["email"], ann, ben)], (await Find(account)).Select(g => Group(g.By, [.. g.Contacts.Select(c => c.Id)])));
    }

    [Fact]
    public async Task Who_is_not_the_same_as_one_is_not_the_same_as_the_one_it_became()
    {
        var account = await Loose();
        var (ann, ben, cleo) = (await account.Create("Ann", email: "family@x.example"), await account.Create("Ben", email: "family@x.example"), await account.Create("Cleo", email: "family@x.example"));
        await account.In(s => s.GetRequiredService<DismissDuplicateHandler>().Handle(new DismissDuplicate { Contacts = [ann, ben] }, default));
        Assert.Equal(3, (await Find(account)).Single().Count);
        var merged = await account.Merge(cleo, ann);
        Assert.Empty(await Find(account));
        await account.Unmerge(merged);
        Assert.Equal(3, (await Find(account)).Single().Count);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.not_same"));
        Assert.Equal(ben, await account.Ask<Guid>("select second_id from contacts.not_same"));
    }

    [Fact]
    public async Task A_pair_of_the_one_that_goes_becomes_a_pair_of_the_one_that_stays()
    {
        var account = await Loose();
        var (ann, anna) = (await account.Create("Ann", email: "ann@x.example"), await account.Create("Anna", email: "ann@x.example", phone: "+12077740100"));
        var annie = await account.Create("Annie", phone: "+12077740100");
        await Find(account);
        var merged = await account.Merge(ann, anna);
        Assert.Equal([Group(["phone"], ann, annie)], (await Listed(account)).Select(g => Group(g.By, [.. g.Contacts.Select(c => c.Id)])));
        await account.Unmerge(merged);
        Assert.Equal(3, (await Listed(account)).Single().Count);
    }

    [Fact]
    public async Task Whoever_sees_only_their_own_neither_finds_nor_merges_others()
    {
        var (account, cora, mina, theo) = await AssignedTests.Divided(app, Membership.Admin, Sights.Mine);
        Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page("contacts/duplicates"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page($"contacts/{mina}/merge/{theo}"))).Status);
        Assert.DoesNotContain("Duplicates", (await cora.Browser.Get(account.Page("contacts"))).Text, StringComparison.Ordinal);
        // An old link leads them to their own, and to nobody else's.
        await account.Merge(mina, await account.Create("Mina Again"));
        await account.Merge(theo, await account.Create("Theo Again"));
        foreach (var (name, seen) in ((string, bool)[])[("Mina Again", true), ("Theo Again", false)])
        {
            var gone = await account.Ask<Guid>("select loser_id from contacts.merge where loser_name = $1", name);
            Assert.Equal(seen ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page($"contacts/{gone}"))).Status);
        }
    }

    [Fact]
    public async Task The_api_finds_lists_and_dismisses_and_knows_nobody_elses()
    {
        // Of its own: on the shared host another test's work would do the search before it is looked at.
        await using var own = await app.Another();
        var account = await Loose(own);
        var (ann, ben) = (await account.Create("Ann", email: "family@x.example"), await account.Create("Ben", email: "family@x.example"));
        var asked = await account.Api.Call("/api/v1/contacts/duplicates/search", HttpMethod.Post, new { });
        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        Assert.True((await account.Api.GetJson("/api/v1/contacts/duplicates")).GetProperty("searching").GetBoolean());
        await account.Work();
        var found = await account.Api.GetJson("/api/v1/contacts/duplicates?by=email");
        Assert.Equal(ann, found.GetProperty("items")[0].GetProperty("contacts")[0].GetProperty("id").GetGuid());
        Assert.False(found.GetProperty("searching").GetBoolean());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await account.Api.Call("/api/v1/contacts/duplicates?by=shoe")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await account.Api.Call("/api/v1/contacts/duplicates?cursor=x")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await account.Api.Call("/api/v1/contacts/duplicates/dismiss", HttpMethod.Post, new { contacts = (Guid[])[ann] })).Status);
        var other = await own.NewAccount();
        Assert.Equal(HttpStatusCode.NotFound, (await other.Api.Call("/api/v1/contacts/duplicates/dismiss", HttpMethod.Post, new { contacts = (Guid[])[ann, ben] })).Status);
        var said = await account.Api.PostJson("/api/v1/contacts/duplicates/dismiss", new { contacts = (Guid[])[ann, ben] });
        Assert.Empty((await account.Api.GetJson("/api/v1/contacts/duplicates")).GetProperty("items").EnumerateArray());
        var undo = $"/api/v1/contacts/duplicates/dismissals/{said.GetProperty("id").GetGuid()}/undo";
        Assert.Equal(HttpStatusCode.NotFound, (await other.Api.Call(undo, HttpMethod.Post, new { })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await account.Api.Call(undo, HttpMethod.Post, new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await account.Api.Call(undo, HttpMethod.Post, new { })).Status);
    }

    [Fact]
    public async Task After_an_import_the_search_runs_by_itself_and_the_result_leads_to_what_it_found_of_its_people()
    {
        var account = await app.NewAccount();
        var (ann, bob) = (await account.Create("Ann", "Ames", company: "Ames Dental"), await account.Create("Bob", "Brown", company: "Brown Dental"));
        var rob = await account.Create("Bob", "Brown", company: "Brown Dental");
        var desk = new ImportDesk(account);
        var import = await desk.Import("First,Last,Company,E-Mail\nAnn,Ames,Ames Dental,ann@x.example\nCleo,Clark,,cleo@x.example\n");
        Assert.Equal([Group(["name"], ann, await account.Ask<Guid>("select contact_id from contacts.contact_point where normal = 'ann@x.example'")), Group(["name"], bob, rob)], (await Listed(account)).Select(g => Group(g.By, [.. g.Contacts.Select(c => c.Id)])));

        var browser = await account.SignIn();
        var result = await browser.Get(account.Page($"contacts/import/{import.Id}"));
        Assert.Contains("1 possible duplicate: somebody of this list looks like another of your contacts.", result.Text, StringComparison.Ordinal);
        var found = await result.Click("Have a look");
        Assert.Contains("Only those with somebody of the list “people.csv”.", found.Text, StringComparison.Ordinal);
        Assert.Equal(["Ann Ames", "Ann Ames"], found.All(".twin-name"));
        Assert.Equal(4, (await found.Click("Show all duplicates")).All(".twin-name").Count());
        // Told apart, it is none any more.
        await found.Submit("form:has(.twins)", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Do"] = $"apart:{await account.Ask<Guid>("select group_id from contacts.duplicate where first_id = $1", ann)}" });
        Assert.DoesNotContain("possible duplicate", (await browser.Get(account.Page($"contacts/import/{import.Id}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_search_waits_an_import_asks_for_no_second_and_its_page_says_that_it_goes_on()
    {
        // A host of its own: what waits here must not be done by a test that does the work of all.
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Create("Ann", "Ames", company: "Ames Dental");
        var desk = new ImportDesk(account);
        await account.In(s => s.GetRequiredService<FindDuplicatesHandler>().Handle(new FindDuplicates(), default));
        var (_, body) = await desk.Send("First,Last,Company,E-Mail\nAnn,Ames,Ames Dental,ann@x.example\n"u8.ToArray());
        var id = body.GetProperty("id").GetGuid();
        await account.In(s => s.GetRequiredService<ImportContactsJobHandler>().Run(new ImportContactsJob(id), default));
        Assert.Equal(1L, await own.Ask<long>("select count(*) from platform.outbox_message where tenant_id = $1 and type like '%FindDuplicatesJob'", account.Id));
        var browser = await account.SignIn();
        Assert.Contains("Looking for duplicates", (await browser.Get(account.Page($"contacts/import/{id}"))).Text, StringComparison.Ordinal);
        // The one that waited sees what came in meanwhile.
        await account.Work();
        Assert.Contains("1 possible duplicate", (await browser.Get(account.Page($"contacts/import/{id}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_for_a_search_that_is_at_work_and_another_follows_it()
    {
        await using var own = await app.Another();
        var account = await Loose(own);
        await account.Create("Ann", email: "ann@x.example");
        await account.Create("Anna", email: "ann@x.example");
        Assert.Null((await account.In(s => s.GetRequiredService<FindDuplicatesHandler>().Handle(new FindDuplicates(), default))).Refusal);
        await using var holder = await own.OpenOwner();
        await using var holding = await holder.BeginTransactionAsync();
        await holder.Do("lock table contacts.duplicate in access exclusive mode");
        var searching = account.Work();
        await own.Waiting(1);
        await account.Create("Ben", email: "ben@x.example");
        await account.Create("Benny", email: "ben@x.example");
        for (var press = 0; press < 2; press++)
            Assert.Null((await account.In(s => s.GetRequiredService<FindDuplicatesHandler>().Handle(new FindDuplicates(), default))).Refusal);
        await holding.RollbackAsync();
        await searching;
        await account.Work();
        var page = (await account.In(s => s.GetRequiredService<ListDuplicatesHandler>().Handle(new ListDuplicates(), default))).Value;
        Assert.Equal((2, false, true), (page.Items.Count, page.Searching, page.SearchedAt is not null));
        Assert.Equal(0L, await own.Ask<long>("select count(*) from platform.outbox_message where tenant_id = $1 and type like '%FindDuplicatesJob'", account.Id));
    }

    [Fact]
    public async Task A_page_goes_on_behind_groups_that_have_come_apart()
    {
        var account = await Loose();
        for (var n = 0; n < 12; n++)
        {
            await account.Create($"Ann {n}", email: $"ann{n}@x.example");
            await account.Create($"Anna {n}", email: $"ann{n}@x.example");
        }

        await Find(account);
        foreach (var group in (await account.In(s => s.GetRequiredService<ListDuplicatesHandler>().Handle(new ListDuplicates { Limit = 10 }, default))).Value.Items)
            Assert.Null((await account.In(s => s.GetRequiredService<EditContactHandler>().Handle(new EditContact { Id = group.Contacts[0].Id, Email = $"{group.Contacts[0].Id}@y.example" }, default))).Refusal);
        var page = (await account.In(s => s.GetRequiredService<ListDuplicatesHandler>().Handle(new ListDuplicates { Limit = 10 }, default))).Value;
        Assert.Equal((2, null), (page.Items.Count, page.Next));
    }

    [Fact]
    public async Task What_brings_nothing_and_what_is_taken_back_searches_for_nothing()
    {
        var account = await app.NewAccount();
        var desk = new ImportDesk(account);
        await desk.Import("First,E-Mail\nAnn,ann@x.example\n", dryRun: true);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.duplicate_search"));
        var import = await desk.Import("First,E-Mail\nAnn,ann@x.example\n");
        Assert.Equal(1, await app.Do("delete from contacts.duplicate_search where tenant_id = $1", account.Id));
        await desk.Import("First,E-Mail\nAnn,ann@x.example\n");
        await desk.Undo(import);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.duplicate_search"));
    }

    /// <summary>An account in which two may share an address.</summary>
    private async Task<TestAccount> Loose(PluraApp? host = null)
    {
        var account = await (host ?? app).NewAccount();
        await account.In(s => s.GetRequiredService<TellApartHandler>().Handle(new TellApart { AllowDuplicates = true, MatchFirst = ContactPoint.Email }, default));
        return account;
    }

    private static async Task<IReadOnlyList<DuplicateGroup>> Find(TestAccount account)
    {
        Assert.True((await account.In(s => s.GetRequiredService<FindDuplicatesHandler>().Handle(new FindDuplicates(), default))).Ok);
        await account.Work();
        return await Listed(account);
    }

    private static async Task<IReadOnlyList<DuplicateGroup>> Listed(TestAccount account) =>
        (await account.In(s => s.GetRequiredService<ListDuplicatesHandler>().Handle(new ListDuplicates { Limit = 50 }, default))).Value.Items;

    private static string Group(IEnumerable<string> by, params Guid[] contacts) => $"{string.Join('+', by)}: {string.Join(' ', contacts)}";
}
