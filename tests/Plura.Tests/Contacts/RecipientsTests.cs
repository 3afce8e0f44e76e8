using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Contacts;

public sealed class RecipientsTests(PluraApp app)
{
    private static Task<List<Guid>> Find(TestAccount account, Audience audience, string channel = Channels.Email) => account.In(async s =>
    {
        var sql = (await s.GetRequiredService<IRecipients>().Audience(audience, channel, CancellationToken.None)).Value;
        await using var command = await ListContactsHandler.Command(s.GetRequiredService<PluraDb>(), CancellationToken.None);
        command.CommandText = $"select contact_id, contact_point_id, address_key, minor from ({sql.Sql}) a";
        command.Parameters.AddRange(sql.Parameters.ToArray());
        var found = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(reader.GetGuid(0));
        return found;
    });

    [Fact]
    public async Task An_audience_is_everyone_or_any_of_the_tags_minus_the_exceptions()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@example.com", tags: "VIP");
        var bob = await account.Create("Bob", email: "bob@example.com", tags: ["Lead", "Never"]);
        var cora = await account.Create("Cora", email: "cora@example.com", tags: "Lead");
        var dan = await account.Create("Dan", phone: "+14155550123", tags: "VIP");

        Assert.Equal(new HashSet<Guid> { ann, bob, cora }, [.. await Find(account, new Audience { All = true })]);
        Assert.Equal(new HashSet<Guid> { ann, bob, cora }, [.. await Find(account, new Audience { Tags = ["vip", "LEAD"] })]);
        Assert.Equal(new HashSet<Guid> { ann, cora }, [.. await Find(account, new Audience { Tags = ["VIP", "Lead"], ExceptTags = ["Never"] })]);
        Assert.Equal([dan], await Find(account, new Audience { Tags = ["VIP"] }, Channels.Sms));
    }

    [Fact]
    public async Task An_audience_may_be_a_smart_list()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@example.com");
        await account.Create("Bob", email: "bob@other.test");
        var search = await account.In(s => s.GetRequiredService<KeepListHandler>().Handle(new KeepList { Name = "Example", Filter = new Condition("email", "ends", "@example.com") }, CancellationToken.None));
        Assert.Equal([ann], await Find(account, new Audience { SmartList = search.Value }));
        Assert.DoesNotContain(ann, await Find(account, new Audience { All = true, ExceptSmartList = search.Value }));
    }

    [Fact]
    public async Task What_does_not_exist_is_refused_with_a_sentence()
    {
        var account = await app.NewAccount();
        var other = await app.NewAccount();
        var foreign = await other.In(s => s.GetRequiredService<KeepListHandler>().Handle(new KeepList { Name = "Theirs" }, CancellationToken.None));
        foreach (var audience in (Audience[])[new(), new() { Tags = ["Nobody"] }, new() { SmartList = foreign.Value }, new() { All = true, ExceptTags = ["Nobody"] }])
            Assert.Equal(RefusalKind.Invalid, (await account.In(s => s.GetRequiredService<IRecipients>().Audience(audience, Channels.Email, CancellationToken.None))).Refusal?.Kind);
    }

    [Fact]
    public async Task Recipients_come_with_what_a_letter_may_say()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("size", CustomField.Number));
        var created = await account.TryCreate(new CreateContact { FirstName = "Ann", LastName = "Baker", Email = "Ann@Example.com", Phone = "+14155550123", Company = "Bakery", Minor = true, Fields = new() { ["size"] = "38" } });
        var address = (await account.Contact(created.Value))!.Emails[0];

        await using var open = await account.Open();
        var loaded = await account.In(s => s.GetRequiredService<IRecipients>().Load(open, [address.Id, Guid.Empty], CancellationToken.None));

        var recipient = Assert.Single(loaded).Value;
        Assert.Equal((created.Value, "ann@example.com", address.Key, true), (recipient.ContactId, recipient.Address, recipient.AddressKey, recipient.Minor));
        Assert.Equal(("Ann", "Ann Baker", "+14155550123"), (recipient.Fields["first_name"], recipient.Fields["name"], recipient.Fields["phone"]));
        Assert.Equal("38", Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(recipient.Fields["fields"])["size"]);
        var fields = await account.In(s => s.GetRequiredService<IRecipients>().MergeFields(CancellationToken.None));
        Assert.Contains(fields, f => f.Path == "contact.fields.size");
    }

    [Fact]
    public async Task A_form_finds_who_is_known_fills_what_is_empty_and_overwrites_nothing()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@example.com");
        var found = await account.In(s => s.GetRequiredService<IContactDirectory>().FindOrCreate(
            new ContactDraft { FirstName = "Impostor", Email = "ANN@example.com", Phone = "+14155550123", Company = "Bakery", Tags = ["Newsletter"], Source = "Form: News" }, CancellationToken.None));
        Assert.Equal(ann, found.Value);
        var contact = (await account.Contact(ann))!;
        Assert.Equal(("Ann", "+14155550123", "Bakery"), (contact.FirstName, contact.Phone, contact.Company));
        Assert.Equal(["Newsletter"], contact.Tags);

        var made = await account.In(s => s.GetRequiredService<IContactDirectory>().FindOrCreate(new ContactDraft { FirstName = "Bob", Email = "bob@example.com", Source = "Form: News" }, CancellationToken.None));
        Assert.Equal("Form: News", (await account.Contact(made.Value))!.Source);
    }

    [Fact]
    public async Task The_same_form_sent_many_times_at_once_makes_one_contact()
    {
        var account = await app.NewAccount();
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => account.In(s => s.GetRequiredService<IContactDirectory>().FindOrCreate(
            new ContactDraft { FirstName = "Ann", Email = "ann@example.com", Tags = ["News"], Source = "Form" }, CancellationToken.None))));
        Assert.Single(results.Select(r => r.Value).Distinct());
    }
}
