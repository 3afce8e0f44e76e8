using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;
using Plura.Tests.Campaigns;
using Plura.Tests.Opportunities;

namespace Plura.Tests.Contacts;

/// <summary>A deleted contact or company can come back for sixty days, and is gone for good then.</summary>
public sealed class BinTests(PluraApp app)
{
    [Fact]
    public async Task Of_many_deleted_in_one_moment_each_stands_on_one_page_of_the_bin()
    {
        var account = await app.NewAccount();
        var ids = new List<Guid>();
        for (var i = 0; i < 130; i++)
            ids.Add(await account.Create($"N{i:000}"));
        Assert.Equal(130, (await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = ids }, default))).Value);
        var first = await (await account.SignIn()).Get(account.Page("contacts/bin"));
        var second = await first.Click("Next");
        Assert.Equal((100, 30), (first.All("td.main").Count(), second.All("td.main").Count()));
        Assert.Equal(130, first.All("td.main").Concat(second.All("td.main")).Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(second.All("a[rel=next]"));
        Assert.Equal(100, (await second.Click("First")).All("td.main").Count());
    }

    [Fact]
    public async Task After_sixty_days_a_contact_is_gone_with_all_that_hung_on_it_and_its_wish_outlives_it()
    {
        await using var own = await app.Another();
        var (account, other) = (await own.NewAccount(), await own.NewAccount());
        var ann = await account.Person("Ann", tag: "VIP");
        var stays = await account.Create("Ben");
        await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "Likes tea" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Call Ann", contact = ann });
        await account.Api.PostJson($"/api/v1/contacts/{stays}/notes", new { text = "Stays" });
        (await AttachmentTests.Post(account, ann, "scan.pdf", [1, 2, 3])).Dispose();
        await account.Opportunity(ann, (await account.Pipeline()).Stages[0]);
        await account.Withdraw("ann@people.example");
        await Delete(account, ann);
        var late = await other.Create("Late");
        await account.Work();

        own.Clock.Advance(TimeSpan.FromDays(59));
        await Delete(other, late);
        Assert.Equal(0, await Empty(own));
        var page = await (await account.SignIn()).Get(account.Page("contacts/bin"));
        Assert.Contains("tomorrow", page.Text, StringComparison.Ordinal);
        Assert.Contains("Each stays for 60 days", page.Text, StringComparison.Ordinal);

        own.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        var file = await account.Ask<string>("select stored_as from contacts.attachment");
        Assert.True(await account.In(s => Task.FromResult(s.GetRequiredService<StoredFiles>().Exists(file!))));
        Assert.Equal(1, await Empty(own));
        await account.Work();
        foreach (var table in (string[])["contacts.bin", "contacts.task", "contacts.attachment", "opportunities.opportunity"])
            Assert.Equal(0L, await account.Ask<long>($"select count(*) from {table}"));
        Assert.Equal([stays], (await account.Ask<Guid[]>("select array_agg(contact_id) from contacts.note"))!);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.contact_change where contact_id = $1", ann));
        Assert.False(await account.In(s => Task.FromResult(s.GetRequiredService<StoredFiles>().Exists(file!))));
        Assert.Equal("contact.not_in_bin", (await account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = ann }, default))).Refusal!.Code);
        Assert.Equal("withdrawn", await account.Ask<string>("select act from privacy.consent_state"));
        // Whoever was deleted later, in another account, can still come back.
        Assert.Equal(1L, await other.Ask<long>("select count(*) from contacts.bin"));
        Assert.Equal(0, await Empty(own));
    }

    [Fact]
    public async Task A_merge_can_be_taken_back_for_sixty_days_and_its_link_leads_on_after_that()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var (ann, anna) = (await account.Create("Ann"), await account.Create("Anna", phone: "+12077740100"));
        var merged = await account.Merge(ann, anna);
        own.Clock.Advance(TimeSpan.FromDays(61));
        await Empty(own);
        Assert.Equal("merge.over", (await account.In(s => s.GetRequiredService<UnmergeContactsHandler>().Handle(new UnmergeContacts(merged), default))).Refusal!.Code);
        Assert.Equal("", await account.Ask<string>("select concat(loser_name, loser, winner, after, moved) from contacts.merge"));
        Assert.Contains(ann.ToString(), (await (await account.SignIn()).Get(account.Page($"contacts/{anna}"))).Url.ToString(), StringComparison.Ordinal);
        // Of one that is gone for good itself nothing is left.
        await Delete(account, ann);
        own.Clock.Advance(TimeSpan.FromDays(61));
        Assert.Equal(1, await Empty(own));
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.merge"));
    }

    [Fact]
    public async Task A_company_ends_after_sixty_days_with_its_story_and_the_page_says_when()
    {
        await using var own = await app.Another();
        var (account, other) = (await own.NewAccount(), await own.NewAccount());
        var ann = await account.Create("Ann", company: "Bakery");
        var (bakery, mill) = ((await account.Contact(ann))!.CompanyId!.Value, await Company(account, "Mill"));
        var late = await Company(other, "Late");
        await End(account, bakery);
        own.Clock.Advance(TimeSpan.FromDays(59));
        await End(other, late);
        Assert.Equal(0, await Empty(own));
        var page = await (await account.SignIn()).Get(account.Page("companies/bin"));
        Assert.Contains("tomorrow", page.Text, StringComparison.Ordinal);
        Assert.Contains("Each stays for 60 days", page.Text, StringComparison.Ordinal);

        own.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        Assert.Equal(1, await Empty(own));
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.company_bin"));
        // Its story went with it, the other company's and the contact that worked there are as they were.
        Assert.Equal([mill], (await account.Ask<Guid[]>("select array_agg(distinct company_id) from contacts.company_change"))!);
        Assert.Equal("Ann", (await account.Contact(ann))!.Name);
        Assert.Equal("company.not_in_bin", (await account.In(s => s.GetRequiredService<RestoreCompanyHandler>().Handle(new RestoreCompany { Id = bakery }, default))).Refusal!.Code);
        Assert.Contains("The bin is empty", (await (await account.SignIn()).Get(account.Page("companies/bin"))).Text, StringComparison.Ordinal);
        // What was deleted later, in another account, can still come back.
        Assert.Null((await other.In(s => s.GetRequiredService<RestoreCompanyHandler>().Handle(new RestoreCompany { Id = late }, default))).Refusal);
        Assert.Equal(0, await Empty(own));
    }

    private static async Task<Guid> Company(TestAccount account, string name) => (await account.Api.PostJson("/api/v1/companies", new { name })).GetProperty("id").GetGuid();

    private static async Task End(TestAccount account, Guid company) =>
        Assert.Null((await account.In(s => s.GetRequiredService<DeleteCompanyHandler>().Handle(new DeleteCompany { Id = company }, default))).Refusal);

    private static Task<int> Empty(PluraApp app) => app.Services.GetRequiredService<EmptyBin>().Empty(default);

    private static async Task Delete(TestAccount account, Guid contact) =>
        Assert.Equal(1, (await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [contact] }, default))).Value);
}
