using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

/// <summary>Counts of one account, answered in each of the ways there are.</summary>
internal sealed class ColumnDesk(PluraApp app, TestAccount account)
{
    /// <summary>A host for which every account is a large one.</summary>
    public static Task<PluraApp> Large(PluraApp app, ColumnLimits? limits = null) =>
        app.Another(services => services.Replace(ServiceDescriptor.Singleton((limits ?? new ColumnLimits()) with { FewestContacts = 1 })));

    /// <summary>An account with the fields of <see cref="RandomFilters"/> and so many of its people.</summary>
    public static async Task<ColumnDesk> Filled(PluraApp app, Random random, int people)
    {
        var desk = new ColumnDesk(app, await app.NewAccount());
        await desk.Account.Fields(app.Field("size", CustomField.Number), app.Field("since", CustomField.Date), app.Field("member", CustomField.Checkbox), app.Field("note", CustomField.Text), app.Field("colour", CustomField.Choice, "Red\nBlue"),
            app.Field("budget", CustomField.Money).For(CustomField.OnContacts, "USD"), app.Field("likes", CustomField.Multiple, "Golf\nCafé\nLong walks, by night"),
            app.Field("direct", CustomField.Phone), app.Field("site", CustomField.Url), app.Field("story", CustomField.LongText), app.Field("paper", CustomField.File));
        await desk.Add(random, 0, people);
        foreach (var tag in RandomFilters.Tags)
            await desk.Account.In(s => s.GetRequiredService<TagBook>().FindOrMake([tag], CancellationToken.None));
        return desk;
    }

    public TestAccount Account => account;

    public ColumnStore Store => app.Services.GetRequiredService<ColumnStore>();

    public async Task Add(Random random, int first, int people)
    {
        for (var number = first; number < first + people; number++)
            Assert.Null((await account.TryCreate(await RandomFilters.Person(random, number, account.KeepPaper))).Refusal);
    }

    /// <summary>As the product counts.</summary>
    public async Task<int> Count(ContactFilter filter) =>
        (await account.In(s => s.GetRequiredService<Filters>().Count(filter, CancellationToken.None))).Value;

    /// <summary>The same without any memory.</summary>
    public Task<int> BySql(ContactFilter filter) => account.In(async services =>
    {
        var where = (await services.GetRequiredService<Filters>().Compile(filter, "filter", 0, CancellationToken.None)).Value;
        await using var open = await account.Open();
        await using var command = new NpgsqlCommand($"select count(*) from contacts.contact c where c.tenant_id = @tenant and {where.Sql}", open);
        command.Parameters.AddRange(where.Parameters.ToArray());
        command.Parameters.AddWithValue("tenant", account.Id);
        return (int)(long)(await command.ExecuteScalarAsync())!;
    });

    public async Task<IReadOnlyList<ContactView>> People() => (await account.List(new ListContacts { Limit = 200 })).Value.Items;

    public async Task Edit(EditContact command) =>
        Assert.Null((await account.In(s => s.GetRequiredService<EditContactHandler>().Handle(command, CancellationToken.None))).Refusal);

    /// <summary>Another statement about the account's contacts, as the app's role on a connection of its own.</summary>
    public async Task<NpgsqlConnection> Open() => await account.Open();
}
