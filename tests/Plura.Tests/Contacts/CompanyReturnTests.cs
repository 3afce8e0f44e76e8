using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;

namespace Plura.Tests.Contacts;

/// <summary>Contacts and companies that go to the bin and come back in another order, or after the other changed.</summary>
public sealed class CompanyReturnTests(PluraApp app)
{
    [Fact]
    public async Task A_contact_comes_back_into_its_company_whatever_that_is_called_by_now()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", company: "Bakery Ltd");
        var bakery = (await account.Contact(ann))!.CompanyId!.Value;
        await Delete(account, ann);
        Assert.Null((await account.In(s => s.GetRequiredService<EditCompanyHandler>().Handle(new EditCompany { Id = bakery, Name = "Bakery GmbH" }, default))).Refusal);
        await Restore(account, ann);
        var back = (await account.Contact(ann))!;
        Assert.Equal((bakery, "Bakery GmbH"), (back.CompanyId, back.Company));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.company"));
    }

    [Fact]
    public async Task A_contact_that_comes_back_before_its_company_waits_for_it()
    {
        var account = await app.NewAccount();
        var (ann, alone) = (await account.Create("Ann", company: "Bakery"), await account.Create(company: "Bakery"));
        var bakery = (await account.Contact(ann))!.CompanyId!.Value;
        var before = await Rows(account);
        await Delete(account, ann, alone);
        Assert.Null((await account.In(s => s.GetRequiredService<DeleteCompanyHandler>().Handle(new DeleteCompany { Id = bakery }, default))).Refusal);
        await Restore(account, ann);
        await Restore(account, alone);
        Assert.Equal((null, "", "Bakery"), ((await account.Contact(ann))!.CompanyId, (await account.Contact(ann))!.Company, (await account.Contact(alone))!.Name));
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.company"));
        await Return(account, bakery);
        Assert.Equal(before, await Rows(account));
    }

    [Fact]
    public async Task Who_had_only_the_company_is_nobody_else_again_when_it_comes_back()
    {
        var account = await app.NewAccount();
        var alone = await account.Create(company: "Bakery");
        var (called, bakery) = (await account.Create(company: "Bakery"), (await account.Contact(alone))!.CompanyId!.Value);
        var before = await Rows(account, alone);
        await account.In(s => s.GetRequiredService<DeleteCompanyHandler>().Handle(new DeleteCompany { Id = bakery }, default));
        Assert.Null((await account.In(s => s.GetRequiredService<EditContactHandler>().Handle(new EditContact { Id = called, FirstName = "Carl" }, default))).Refusal);
        await Return(account, bakery);
        Assert.Equal(before, await Rows(account, alone));
        Assert.Equal("Carl", (await account.Contact(called))!.FirstName);
    }

    private static async Task Delete(TestAccount account, params Guid[] contacts) =>
        Assert.Null((await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [.. contacts] }, default))).Refusal);

    private static async Task Restore(TestAccount account, Guid contact) =>
        Assert.Null((await account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = contact }, default))).Refusal);

    private static async Task Return(TestAccount account, Guid company) =>
        Assert.Null((await account.In(s => s.GetRequiredService<RestoreCompanyHandler>().Handle(new RestoreCompany { Id = company }, default))).Refusal);

    /// <summary>The contacts as they stand in the table, but for when and by which transaction they were written.</summary>
    private static Task<string?> Rows(TestAccount account, Guid? one = null) => account.Ask<string>(
        "select string_agg((to_jsonb(c) - 'changed_in' - 'updated_at')::text, E'\\n' order by c.id) from contacts.contact c where $1 = '00000000-0000-0000-0000-000000000000' or c.id = $1", one ?? Guid.Empty);
}
