using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Tests.Contacts;

/// <summary>Contacts for tests, made through the public handlers.</summary>
internal static class People
{
    public static Task<Result<Guid>> TryCreate(this TestAccount account, CreateContact command) =>
        account.In(s => s.GetRequiredService<CreateContactHandler>().Handle(command, CancellationToken.None));

    public static async Task<Guid> Create(this TestAccount account, string? first = null, string? last = null, string? email = null, string? phone = null, string? company = null, params string[] tags)
    {
        var created = await account.TryCreate(new CreateContact { FirstName = first, LastName = last, Email = email, Phone = phone, Company = company, Tags = [.. tags] });
        Assert.Null(created.Refusal);
        return created.Value;
    }

    public static Task<ContactView?> Contact(this TestAccount account, Guid id) =>
        account.In(s => s.GetRequiredService<ReadContact>().One(id, CancellationToken.None));

    public static Task<Result<Plura.Contacts.ContactPage>> List(this TestAccount account, ListContacts query) =>
        account.In(s => s.GetRequiredService<ListContactsHandler>().Handle(query, CancellationToken.None));

    public static async Task<List<string>> Names(this TestAccount account, ContactFilter filter)
    {
        var page = await account.List(new ListContacts { Filter = filter, Sort = "name", Limit = 200 });
        Assert.Null(page.Refusal);
        return [.. page.Value.Items.Select(c => c.Name)];
    }

    public static Task Fields(this TestAccount account, params CustomField[] fields) => account.In(async s =>
    {
        var db = s.GetRequiredService<PluraDb>();
        db.CustomFields.AddRange(fields);
        await db.SaveChangesAsync();
    });

    public static CustomField Field(this PluraApp app, string key, string kind, string choices = "") =>
        CustomField.New(key, key.Replace('_', ' '), kind, choices, 0, app.Clock.GetUtcNow());
}
