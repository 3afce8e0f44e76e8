using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Plura.Contacts;
using Plura.Tests.Campaigns;
using Plura.Tests.Opportunities;

namespace Plura.Tests.Contacts;

/// <summary>Files in fields come and go with what they belong to, and their bytes go when nothing can bring them back.</summary>
public sealed class FieldFileEndTests(PluraApp app)
{
    [Fact]
    public async Task A_file_goes_along_when_contacts_are_merged_and_back_when_they_are_parted()
    {
        var account = await app.NewAccount();
        var field = await account.ContractField();
        var (ann, anna) = (await account.Create("Ann"), await account.Create("Anna"));
        await Put(account, field, ann, "anns.pdf", 1);
        await Put(account, field, anna, "annas.pdf", 2);
        // Whose stays is chosen; the other's waits.
        var merged = await account.Merge(ann, anna, ("fields.contract", anna));
        Assert.Equal([2], await account.Download($"contacts/{ann}"));
        await account.Unmerge(merged);
        Assert.Equal([1], await account.Download($"contacts/{ann}"));
        Assert.Equal([2], await account.Download($"contacts/{anna}"));

        // What lacks one gets it, also over a bin.
        var bob = await account.Create("Bob");
        var other = await account.Merge(bob, anna);
        Assert.Equal([2], await account.Download($"contacts/{bob}"));
        (await account.Api.Delete($"/api/v1/contacts/{bob}")).Dispose();
        Assert.Null(await account.Download($"contacts/{bob}"));
        await account.Api.PostJson($"/api/v1/contacts/{bob}/restore", new { });
        Assert.Equal([2], await account.Download($"contacts/{bob}"));
        await account.Unmerge(other);
        Assert.Equal([2], await account.Download($"contacts/{anna}"));
        Assert.Null(await account.Download($"contacts/{bob}"));
    }

    [Fact]
    public async Task A_replaced_file_and_one_that_nothing_took_are_forgotten_and_one_that_a_merge_may_bring_back_waits()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var field = await account.ContractField();
        var (ann, anna, ben) = (await account.Create("Ann"), await account.Create("Anna"), await account.Create("Ben"));
        await Put(account, field, ben, "old.pdf", 1);
        await Put(account, field, ben, "new.pdf", 2);
        await Put(account, field, ann, "anns.pdf", 3);
        await Put(account, field, anna, "annas.pdf", 4);
        var merged = await account.Merge(ann, anna, ("fields.contract", ann));
        await account.Upload(field, "nobodys.pdf");
        Assert.Equal(5, Stored(own, account));

        own.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(5));
        await account.Work();
        Assert.Equal(["annas.pdf", "anns.pdf", "new.pdf", "old.pdf"], await Kept(account));
        own.Clock.Advance(TimeSpan.FromDays(30));
        await account.Work();
        Assert.Equal(["annas.pdf", "anns.pdf", "new.pdf"], await Kept(account));
        Assert.Equal(3, Stored(own, account));
        await account.Unmerge(merged);
        own.Clock.Advance(TimeSpan.FromDays(60));
        await account.Work();
        Assert.Equal([4], await account.Download($"contacts/{anna}"));
        Assert.Equal([2], await account.Download($"contacts/{ben}"));
    }

    [Fact]
    public async Task Who_is_gone_for_good_takes_the_files_along_and_a_deleted_field_takes_its_own()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var field = await account.ContractField();
        var deals = await account.ContractField("opportunity");
        var firms = await account.ContractField("company");
        var (ann, ben) = (await account.Person("Ann"), await account.Person("Ben"));
        await Put(account, field, ann, "anns.pdf", 1);
        await Put(account, field, ben, "bens.pdf", 2);
        var deal = await account.Opportunity(ann, (await account.Pipeline()).Stages[0]);
        Assert.Null(await account.PutFields($"opportunities/{deal}", new { contract = await account.Upload(deals, "offer.pdf", 3) }));
        Assert.Equal([3], await account.Download($"opportunities/{deal}"));
        var firm = (await account.Api.PostJson("/api/v1/companies", new { name = "Bakery" })).GetProperty("id").GetGuid();
        Assert.Null(await account.PutFields($"companies/{firm}", new { contract = await account.Upload(firms, "firms.pdf", 4) }));
        Assert.Equal([4], await account.Download($"companies/{firm}"));
        (await account.Api.Delete($"/api/v1/contacts/{ann}")).Dispose();
        (await account.Api.Delete($"/api/v1/companies/{firm}")).Dispose();
        await account.Work();
        own.Clock.Advance(Plura.Contacts.Contracts.BinTime.After + TimeSpan.FromHours(1));
        await new EmptyBin(own.Services.GetRequiredService<IServiceScopeFactory>(), own.Clock, NullLogger<EmptyBin>.Instance).Empty(default);
        await account.Work();
        Assert.Equal(["bens.pdf"], await Kept(account));
        Assert.Equal(1, Stored(own, account));

        (await account.Api.Delete($"/api/v1/fields/{field}")).Dispose();
        await account.Work();
        Assert.Equal(0, Stored(own, account));
        Assert.False((await account.Contact(ben))!.Fields.ContainsKey("contract"));
    }

    [Fact]
    public async Task Of_somebody_who_leaves_the_name_goes_and_the_file_stays()
    {
        var account = await app.NewAccount();
        var field = await account.ContractField();
        var ann = await account.Create("Ann");
        await Put(account, field, ann, "contract.pdf", 1);
        var gone = Guid.CreateVersion7(app.Clock.GetUtcNow());
        await app.Do("update contacts.field_file set by_id = $2, \"by\" = 'Gone Person' where tenant_id = $1", account.Id, gone);
        await app.Do("select contacts.forget_person($1)", gone);
        Assert.Equal("somebody who left", await account.Ask<string>("select \"by\" from contacts.field_file"));
        Assert.Equal([1], await account.Download($"contacts/{ann}"));
    }

    private static async Task Put(TestAccount account, Guid field, Guid contact, string name, byte what) =>
        Assert.Null(await account.PutFields($"contacts/{contact}", new { contract = await account.Upload(field, name, what) }));

    private static async Task<string[]> Kept(TestAccount account) => await account.Ask<string[]>("select array_agg(file_name order by file_name) from contacts.field_file") ?? [];

    private static int Stored(PluraApp app, TestAccount account) => Directory.EnumerateFiles(Path.Combine(app.Folder, "files", account.Id.ToString("N"), "attachments")).Count();
}
