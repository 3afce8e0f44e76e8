using System.Globalization;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

public sealed class ContactFilterTests(PluraApp app)
{
    [Fact]
    public async Task Any_filter_finds_in_the_database_whom_it_finds_in_memory()
    {
        var account = await app.NewAccount();
        var random = new Random(20261123);
        var people = await RandomFilters.Crowd(app, account, random, 40);
        var now = app.Clock.GetUtcNow();

        var selective = 0;
        for (var i = 0; i < 600; i++)
        {
            var filter = RandomFilters.Filter(random, depth: 3);
            var json = filter.Json();
            // The round through JSON is part of what is tested.
            var page = await account.List(new ListContacts { Filter = ContactFilter.Read(json).Value, Limit = 200 });
            Assert.True(page.Ok, $"{page.Refusal?.Text}: {json}");
            var found = page.Value.Items.Select(c => c.Name).Order(StringComparer.Ordinal);
            var expected = people.Where(p => SlowFilter.Fits(p, filter, now)).Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
            Assert.True(expected.SequenceEqual(found), $"{json}\nexpected {string.Join(", ", expected)}\nfound {string.Join(", ", found)}");
            if (expected.Count > 0 && expected.Count < people.Count)
                selective++;
        }

        Assert.True(selective > 100, string.Create(CultureInfo.InvariantCulture, $"Only {selective} of the random filters said anything."));
    }

    [Theory]
    [InlineData("""{"field":"password","op":"is","value":"x"}""", "There is no contact field called “password”.")]
    [InlineData("""{"field":"fields.nothing","op":"is","value":"x"}""", "There is no contact field called “fields.nothing”.")]
    [InlineData("""{"field":"name","op":"before","value":"x"}""", "“name” cannot be asked with “before”.")]
    [InlineData("""{"field":"tag","op":"is","value":"Nobody's"}""", "You have no tag called “Nobody's”.")]
    [InlineData("""{"field":"created","op":"before","value":"yesterday"}""", "“yesterday” is not a date. Write it like 2026-11-23.")]
    [InlineData("""{"field":"created","op":"last_days","value":"-1"}""", "Give a number of days between 1 and 36500.")]
    [InlineData("""{"field":"email","op":"is","value":"nobody"}""", "“nobody” is not an e-mail address.")]
    [InlineData("""{"field":"name","op":"is"}""", "The condition on “name” has no value.")]
    [InlineData("""{"field":"name","op":"is","value":[]}""", "The condition on “name” has no value.")]
    [InlineData("""{"field":"name","op":"is","value":{"a":1}}""", "The value of “name” must be text, a number, true or false, or a list of these.")]
    [InlineData("""{"field":"created","op":"between","value":"2026-01-01"}""", "Between which two days? The condition on “created” needs both.")]
    [InlineData("""{"field":"date_of_birth","op":"between","value":["1980-01-01"]}""", "Between which two days? The condition on “date_of_birth” needs both.")]
    [InlineData("""{"field":"country","op":"is","value":"Atlantis"}""", "“Atlantis” is not a country. Give its two letters, for example US.")]
    [InlineData("""{"field":"company_id","op":"is","value":"Bakery"}""", "“Bakery” is no company's id. Write an id, or “none”.")]
    [InlineData("""{"field":"follower","op":"is","value":"somebody"}""", "“somebody” is nobody's id. Write “me”, “none” or a person's id.")]
    [InlineData("""{"field":"name"}""", "The condition on “name” has no “op”.")]
    [InlineData("""{"all":"everything"}""", "“all” and “any” take a list of filters.")]
    [InlineData("""[1]""", "A filter is an object with “all”, “any”, “not”, or “field” and “op”.")]
    [InlineData("""{"field":""", "This filter is not valid JSON.")]
    public async Task What_a_filter_cannot_mean_is_refused_with_a_sentence(string json, string text)
    {
        var account = await app.NewAccount();
        var read = ContactFilter.Read(json);
        var refusal = read.Refusal ?? (await account.List(new ListContacts { Filter = read.Value })).Refusal;
        Assert.Equal(text, refusal?.Text);
    }

    [Fact]
    public void A_filter_that_is_too_deep_or_too_long_is_refused()
    {
        Assert.Equal("filter.invalid", ContactFilter.Read(string.Concat(Enumerable.Repeat("""{"not":""", 40)) + "{}" + new string('}', 40)).Refusal?.Code);
        Assert.Equal("filter.invalid", ContactFilter.Read("""{"any":[""" + string.Join(',', Enumerable.Repeat("{}", 1000)) + "]}").Refusal?.Code);
        Assert.Equal("filter.invalid", ContactFilter.Read($$"""{"field":"name","op":"is","value":"{{new string('x', 5000)}}"}""").Refusal?.Code);
    }

    [Theory]
    [InlineData("' or true --")]
    [InlineData("x') or (1=1")]
    [InlineData("@tenant")]
    [InlineData("%")]
    [InlineData("\\")]
    public async Task Hostile_values_are_only_values(string value)
    {
        var account = await app.NewAccount();
        await account.Create("Ann", "Baker", "ann@example.com", company: "Bakery");
        await account.Fields(app.Field("note", CustomField.Text));
        foreach (var field in (string[])["name", "company", "source", "fields.note"])
        {
            foreach (var op in (string[])["is", "contains", "starts", "ends"])
                Assert.Empty(await account.Names(new Condition(field, op, value)));
        }
    }

    [Fact]
    public async Task A_day_is_a_day_of_the_accounts_own_calendar_and_text_ignores_case_and_accents()
    {
        var account = await app.NewAccount();
        await account.Create("ÉLODIE", company: "ΑΘΗΝΑ Société");
        Assert.Single(await account.Names(new Condition("name", "is", "elodie")));
        Assert.Single(await account.Names(new Condition("company", "contains", "αθηνα")));
        Assert.Single(await account.Names(new Condition("company", "ends", "SOCIETE")));
        Assert.Single(await account.Names(new Condition("created", "last_days", "1")));
        Assert.Empty(await account.Names(new Condition("created", "before", "2020-01-01")));
    }

    [Theory]
    [InlineData("Ünïcode ÀÉÎÕÜ ç ñ")]
    [InlineData("ÆØŁĐÞ ẞß ŒÐ ĦŦŊ æøłđþœðħŧŋı")]
    [InlineData("ΑΒΓ Άρης ΩΜΕΓΑ")]
    [InlineData("Привет ЙОД Ёлка ЇЖАК")]
    [InlineData("日本語 한국어 ไทย العربية עברית")]
    [InlineData("plain ASCII 123 %_\\")]
    public async Task The_database_folds_text_as_we_do(string text) =>
        Assert.Equal(ContactText.Fold(text), await app.Ask<string>("select contacts.fold($1)", text));
}
