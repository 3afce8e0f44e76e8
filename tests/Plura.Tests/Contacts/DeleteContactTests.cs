using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class DeleteContactTests(PluraApp app)
{
    private static Task<Result<int>> Delete(TestAccount account, params Guid[] ids) =>
        account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [.. ids] }, CancellationToken.None));

    private static Task<Result> Restore(TestAccount account, Guid id) =>
        account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = id }, CancellationToken.None));

    [Fact]
    public async Task A_deleted_contact_comes_back_whole()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", "Baker", "ann@example.com", "+14155550123", "Baker Ltd", "VIP", "Lead");
        var before = (await account.Contact(id))!;

        Assert.Equal(1, (await Delete(account, id)).Value);
        Assert.Null(await account.Contact(id));
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.contact_point"));

        Assert.Null((await Restore(account, id)).Refusal);
        var after = (await account.Contact(id))!;
        Assert.Equal(before.Emails, after.Emails);
        Assert.Equal(before.Phones, after.Phones);
        Assert.Equal(before.Tags, after.Tags);
        Assert.Equal((before.Name, before.Company, before.CreatedAt), (after.Name, after.Company, after.CreatedAt));
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.bin"));
    }

    [Fact]
    public async Task Many_are_deleted_at_once_and_those_of_others_are_left()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
            ids.Add(await mine.Create($"Person {i}"));
        var foreign = await other.Create("Stranger");
        Assert.Equal(5, (await Delete(mine, [.. ids, foreign])).Value);
        Assert.NotNull(await other.Contact(foreign));
    }

    [Fact]
    public async Task Restoring_is_refused_while_another_has_the_address()
    {
        var account = await app.NewAccount();
        var old = await account.Create("Ann", email: "ann@example.com");
        await Delete(account, old);
        var now = await account.Create("Anna", email: "ann@example.com");
        Assert.Equal((Guid?)now, (await Restore(account, old)).Refusal?.About);
    }

    [Fact]
    public async Task Another_accounts_bin_is_closed()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = await other.Create("Ann");
        await Delete(other, id);
        Assert.Equal("contact.not_in_bin", (await Restore(mine, id)).Refusal?.Code);
    }

    [Fact]
    public async Task The_same_contact_can_be_deleted_again_after_it_came_back()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann");
        await Delete(account, id);
        await Restore(account, id);
        Assert.True((await Delete(account, id)).Ok);
    }
}
