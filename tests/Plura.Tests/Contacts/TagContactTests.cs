using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class TagContactTests(PluraApp app)
{
    private static Task<Result<int>> Tag(TestAccount account, IEnumerable<Guid> ids, params string[] tags) =>
        account.In(s => s.GetRequiredService<TagContactHandler>().Handle(new TagContact { Ids = [.. ids], Tags = [.. tags] }, CancellationToken.None));

    private static Task<Result<int>> Untag(TestAccount account, IEnumerable<Guid> ids, params string[] tags) =>
        account.In(s => s.GetRequiredService<UntagContactHandler>().Handle(new UntagContact { Ids = [.. ids], Tags = [.. tags] }, CancellationToken.None));

    [Fact]
    public async Task Many_get_a_tag_and_only_those_without_it_are_counted()
    {
        var account = await app.NewAccount();
        var (ann, bob) = (await account.Create("Ann", tags: "VIP"), await account.Create("Bob"));
        Assert.Equal(1, (await Tag(account, [ann, bob], "vip")).Value);
        Assert.Equal(["VIP"], (await account.Contact(bob))!.Tags);
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.tag"));
    }

    [Fact]
    public async Task A_tag_comes_off_and_stays_known()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", tags: ["VIP", "Lead"]);
        Assert.Equal(1, (await Untag(account, [ann], "VIP")).Value);
        Assert.Equal(0, (await Untag(account, [ann], "never seen")).Value);
        Assert.Equal(["Lead"], (await account.Contact(ann))!.Tags);
    }

    [Fact]
    public async Task Another_accounts_contact_gets_no_tag()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = await other.Create("Ann");
        Assert.Equal("contact.missing", (await Tag(mine, [id], "VIP")).Refusal?.Code);
        Assert.Empty((await other.Contact(id))!.Tags);
    }

    [Fact]
    public async Task A_tag_has_a_name_of_bearable_length()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann");
        foreach (var tag in (string[])["", " ", "two\nlines", new string('x', 61)])
            Assert.Equal(RefusalKind.Invalid, (await Tag(account, [ann], tag)).Refusal?.Kind);
    }

    [Fact]
    public async Task Two_requests_may_make_the_same_new_tag()
    {
        var account = await app.NewAccount();
        var people = new List<Guid>();
        for (var i = 0; i < 6; i++)
            people.Add(await account.Create($"Person {i}"));
        var results = await Task.WhenAll(people.Select(p => Tag(account, [p], "New one")));
        Assert.All(results, r => Assert.Equal(1, r.Value));
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.tag"));
    }
}
