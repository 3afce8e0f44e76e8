using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Contacts;

/// <summary>Lists ask for the company that somebody works for, and for what they have allowed.</summary>
public sealed class EmployerFilterTests(PluraApp app)
{
    [Theory]
    [InlineData("company.city", "is", "portland", "Ann Ben")]
    [InlineData("company.city", "is_not", "Portland", "Cleo Dan")]
    [InlineData("company.city", "empty", "", "Cleo Dan")]
    [InlineData("company.country", "is", "US", "Ann Ben")]
    [InlineData("company.website", "contains", "ROOF", "Cleo")]
    [InlineData("company.fields.tier", "is", "gold", "Ann Ben")]
    [InlineData("company.fields.tier", "not_empty", "", "Ann Ben")]
    [InlineData("company.fields.tier", "empty", "", "Cleo Dan")]
    [InlineData("company.fields.seats", "more", "10", "Ann Ben Cleo")]
    [InlineData("company.fields.seats", "between", "10 30", "Ann Ben")]
    [InlineData("company.fields.renewal", "next_days", "3650", "Cleo")]
    public async Task People_are_found_by_their_company(string field, string op, string values, string found)
    {
        var account = await Crowd();
        Assert.Equal(found.Split(' '), await account.Names(new Condition(field, op, values.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public async Task A_company_or_a_permission_that_cannot_be_asked_is_refused_in_a_sentence()
    {
        var account = await Crowd();
        Assert.Equal("There is no contact field called “company.fields.mood”.", await Refused(new Condition("company.fields.mood", "is", "x")));
        Assert.Equal("There is no contact field called “company.secret”.", await Refused(new Condition("company.secret", "is", "x")));
        Assert.Equal("“company.fields.seats” cannot be asked with “contains”.", await Refused(new Condition("company.fields.seats", "contains", "1")));
        Assert.Equal("“perhaps” is no permission. Write blocked, may, none, refused, some.", await Refused(new Condition("permission.email", "is", "perhaps")));

        async Task<string?> Refused(Condition condition) => (await account.List(new ListContacts { Filter = condition })).Refusal?.Text;
    }

    [Fact]
    public async Task The_builder_offers_both_in_words()
    {
        var account = await Crowd();
        var fields = await account.In(s => s.GetRequiredService<FilterBook>().All(CancellationToken.None));
        Assert.Equal(["Their company: City", "Their company: tier"], fields.Where(f => f.Word is "company.fields.tier" or "company.city").Select(f => $"{f.Group}: {f.Text}"));
        Assert.Equal("Marketing e-mail is any of Allowed or Unsubscribed or said no", FilterWords.Say(new Condition("permission.email", "is", ["may", "refused"]), fields));
    }

    [Fact]
    public async Task By_permission_a_list_finds_whom_the_list_shows_with_it()
    {
        var account = await app.NewAccount();
        var random = new Random(20261130);
        for (var i = 0; i < 90; i++)
        {
            var id = await account.Create($"P{i:00}", email: i % 10 == 0 ? null : $"p{i}@people.example");
            if (i % 10 == 0)
                continue;
            await account.In(async s =>
            {
                var address = Assert.Single(await s.GetRequiredService<IContactDirectory>().Addresses(id, CancellationToken.None));
                for (var act = random.Next(3); act > 0; act--)
                    await s.GetRequiredService<IConsentLedger>().Append(Said(random, address.AddressKey), CancellationToken.None);
                if (random.Next(6) == 0)
                    await s.GetRequiredService<ISuppression>().Add(address.AddressKey, Channels.Email, SuppressionReasons.HardBounce, "", CancellationToken.None);
            });
        }

        var people = (await account.List(new ListContacts { Limit = 200 })).Value.Items;
        var shown = await account.In(async s =>
        {
            var rows = (await s.GetRequiredService<IConsentLedger>().Now([.. people.SelectMany(p => p.Emails).Select(e => e.Key)], CancellationToken.None)).ToLookup(r => r.AddressKey);
            return people.ToDictionary(p => p.Name, p => p.Emails.Count == 0 ? "" : Permissions.Short(rows[p.Emails[0].Key]), StringComparer.Ordinal);
        });
        (string State, string Words)[] states = [("may", "May get e-mail"), ("some", "May get some e-mail"), ("refused", "Unsubscribed"), ("none", "No permission"), ("blocked", "E-mail came back")];
        foreach (var (state, words) in states)
        {
            var expected = shown.Where(p => p.Value == words).Select(p => p.Key).Order(StringComparer.Ordinal).ToList();
            Assert.True(expected.Count > 0, $"Nobody is {words}: {string.Join(", ", shown.Values.CountBy(v => v))}");
            Assert.Equal(expected, await account.Names(new Condition("permission.email", "is", state)));
            Assert.Equal(shown.Keys.Except(expected, StringComparer.Ordinal).Order(StringComparer.Ordinal), await account.Names(new Condition("permission.email", "is_not", state)));
        }

        Assert.Equal(shown.Where(p => p.Value.Length == 0).Select(p => p.Key).Order(StringComparer.Ordinal), await account.Names(new Condition("permission.email", "empty", [])));
        Assert.Empty(await account.Names(new Condition("permission.sms", "not_empty", [])));
    }

    private static ConsentEntry Said(Random random, Guid key) => new()
    {
        AddressKey = key,
        Channel = Channels.Email,
        Topic = random.Next(2) == 0 ? Topics.All : "offers",
        Act = new[] { ConsentActs.Granted, ConsentActs.Attested, ConsentActs.Withdrawn }[random.Next(3)],
        How = ConsentDoors.Api,
        Source = random.Next(3) == 0 ? null : "Counter",
    };

    private async Task<TestAccount> Crowd()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("tier", CustomField.Choice, "Gold\nSilver").For(CustomField.OnCompanies, ""), app.Field("seats", CustomField.Number).For(CustomField.OnCompanies, ""), app.Field("renewal", CustomField.Date).For(CustomField.OnCompanies, ""));
        await account.Api.PostJson("/api/v1/companies", new { name = "Bakery", city = "Portland", country = "US", fields = new { tier = "Gold", seats = "12" } });
        await account.Api.PostJson("/api/v1/companies", new { name = "Roofs", website = "roofs.example", fields = new { seats = "40", renewal = "2030-01-01" } });
        foreach (var (name, company) in ((string, string?)[])[("Ann", "Bakery"), ("Ben", "Bakery"), ("Cleo", "Roofs"), ("Dan", null)])
            await account.Create(name, company: company);
        return account;
    }
}
