using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;

namespace Plura.Tests.Contacts;

/// <summary>People and questions about them, by chance but always the same ones.</summary>
internal static class RandomFilters
{
    public static readonly string[] Tags = ["VIP", "Lead", "Old friend", "Nobody has this"];
    private static readonly string[] Firsts = ["Ann", "Ánn", "Bob", "Chloë", "dan", "EVE", ""];
    private static readonly string[] Lasts = ["Baker", "Müller", "O'Hara", "Ng", ""];
    private static readonly string[] Companies = ["", "Bakery", "BAKERY & Söhne", "100% Roofs"];
    private static readonly string[] Likes = ["Golf", "Café", "Long walks, by night"];
    private static readonly string[] Notes = ["", "prefers mornings", "Prefers EVENINGS", "10", "true"];

    private static readonly string[] Papers = ["offer.pdf", "Röntgen 2.PDF", "01 a.txt"];

    /// <summary>So many people in an account that has the fields and tags by which the filters ask.</summary>
    public static async Task<IReadOnlyList<ContactView>> Crowd(PluraApp app, TestAccount account, Random random, int number)
    {
        await account.Fields(app.Field("size", CustomField.Number), app.Field("since", CustomField.Date), app.Field("member", CustomField.Checkbox), app.Field("note", CustomField.Text), app.Field("colour", CustomField.Choice, "Red\nBlue"),
            app.Field("budget", CustomField.Money).For(CustomField.OnContacts, "USD"), app.Field("likes", CustomField.Multiple, "Golf\nCafé\nLong walks, by night"),
            app.Field("direct", CustomField.Phone), app.Field("site", CustomField.Url), app.Field("story", CustomField.LongText), app.Field("paper", CustomField.File));
        for (var i = 0; i < number; i++)
            Assert.Null((await account.TryCreate(await Person(random, i, account.KeepPaper))).Refusal);
        await account.In(s => s.GetRequiredService<TagBook>().FindOrMake(Tags, CancellationToken.None));
        return (await account.List(new ListContacts { Limit = 200 })).Value.Items;
    }

    /// <param name="random">The same one each time.</param>
    /// <param name="number">Which of them.</param>
    /// <param name="keep">Keeps a file of this name for the field <c>paper</c>, and answers its value.</param>
    public static async Task<CreateContact> Person(Random random, int number, Func<string, Task<string>> keep)
    {
        var person = Person(random, number);
        if (random.Next(3) == 0)
            person.Fields["paper"] = await keep(Of(random, Papers));
        return person;
    }

    public static CreateContact Person(Random random, int number)
    {
        var person = new CreateContact
        {
            FirstName = Of(random, Firsts),
            LastName = $"{Of(random, Lasts)} {number}",
            Company = Of(random, Companies),
            Email = random.Next(4) == 0 ? null : $"p{number}@{Of(random, ["example.com", "other.test"])}",
            Phone = random.Next(2) == 0 ? null : $"+1415555{number:0000}",
            Source = Of(random, ["Form: News", "Import", "By hand"]),
            Tags = [.. Tags.Take(3).Where(_ => random.Next(3) == 0)],
        };
        if (random.Next(2) == 0)
            person.Fields["size"] = random.Next(-5, 15).ToString(CultureInfo.InvariantCulture) + Of(random, ["", ".5"]);
        if (random.Next(2) == 0)
            person.Fields["since"] = Day(random);
        if (random.Next(2) == 0)
            person.Fields["member"] = Of(random, ["true", "false"]);
        if (random.Next(2) == 0)
            person.Fields["budget"] = random.Next(-2000, 5000).ToString(CultureInfo.InvariantCulture) + Of(random, ["", ".50"]);
        if (random.Next(2) == 0)
            person.Fields["likes"] = string.Join('\n', Likes.Where(_ => random.Next(2) == 0));
        if (random.Next(2) == 0)
            person.Fields["direct"] = $"(415) 555-{number + 100:0000}";
        if (random.Next(2) == 0)
            person.Fields["site"] = Of(random, ["example.com", "https://Other.test/Path", "http://example.com/a?b=1"]);
        if (random.Next(2) == 0)
            person.DateOfBirth = new DateOnly(1980, 1, 1).AddDays(random.Next(60)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (person.City, person.PostalCode, person.Country) = (Of(random, ["Portland", "São Paulo", ""]), Of(random, ["04101", ""]), Of(random, ["US", "Brazil", ""]));
        person.TimeZone = Of(random, ["Europe/Berlin", ""]);
        person.Fields["story"] = Of(random, ["", "Line one\nLine two", "came by herself"]);
        person.Fields["note"] = Of(random, Notes);
        person.Fields["colour"] = Of(random, ["Red", "Blue", ""]);
        return person;
    }

    public static ContactFilter Filter(Random random, int depth) => depth == 0 ? Leaf(random) : random.Next(6) switch
    {
        0 => new AllOf([.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => Filter(random, depth - 1))]),
        1 => new AnyOf([.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => Filter(random, depth - 1))]),
        2 => new Not(Filter(random, depth - 1)),
        _ => Leaf(random),
    };

    private static Condition Leaf(Random random)
    {
        var (field, ops, values) = random.Next(30) switch
        {
            0 => ("name", Text, (string[])["ann", "ANN BAKER 1", "b", "müller", "o'h", "5"]),
            1 => ("company", Text, ["bakery", "söhne", "SOHNE", "%", "100"]),
            2 => ("source", Text, ["form: news", "import", "hand"]),
            3 => ("email", ["contains", "starts", "ends", "empty", "not_empty"], ["example", "p1", ".test", "@"]),
            4 => ("email", ["is", "is_not"], ["p1@example.com", "P2@Other.Test"]),
            5 => ("phone", ["contains", "empty", "not_empty"], ["555", "+1415", "0003"]),
            6 => ("tag", ["is", "is_not", "empty", "not_empty"], ["vip", "Lead", "OLD FRIEND", "Nobody has this"]),
            7 => ("fields.size", ["is", "is_not", "less", "more", "between", "empty", "not_empty"], ["0", "5.5", "-3", "10.0"]),
            8 => ("fields.since", ["is", "before", "after", "between", "empty", "not_empty"], ["2020-01-15", "2020-02-10", "2019-12-31"]),
            9 => ("fields.member", ["is", "is_not", "empty"], ["true", "no"]),
            10 => ("fields.note", Text, ["prefers", "mornings", "10", "EVENINGS"]),
            12 => ("fields.budget", ["is", "less", "more", "between", "empty", "not_empty"], ["0", "-1500.5", "1250.00", "3000", "$4999"]),
            13 => ("fields.likes", ["is", "is_not", "empty", "not_empty"], ["golf", "CAFE", "Long walks, by night", "Nothing"]),
            14 => ("fields.direct", ["is", "is_not", "empty"], ["415 555 0101", "+14155550107"]),
            15 => ("fields.direct", ["contains", "starts", "ends", "not_empty"], ["555", "+1415", "01"]),
            16 => ("fields.site", ["is", "is_not"], ["https://example.com", "OTHER.test/Path", "example.com/a"]),
            17 => ("fields.site", ["contains", "starts", "ends", "empty"], ["example", "https", "/path", "b=1"]),
            18 => ("date_of_birth", ["is", "before", "after", "between", "empty", "not_empty"], ["1980-01-15", "1980-02-10", "1979-12-31"]),
            19 => ("city", Text, ["portland", "SAO paulo", "o"]),
            20 => ("country", ["is", "is_not", "empty", "not_empty"], ["us", "Brazil", "DE"]),
            21 => ("time_zone", Text, ["europe/berlin", "berlin"]),
            22 => ("postal_code", Text, ["04101", "04"]),
            23 => ("fields.story", Text, ["line one", "came", "two"]),
            24 => ("date_of_birth", ["last_days", "not_last_days", "older_days", "next_days"], ["1", "17070", "17090"]),
            25 => ("date_of_birth", ["each_year"], ["10", "90", "366"]),
            26 => random.Next(3) == 0 ? ("fields.since", ["each_year"], ["60", "90"]) : ("fields.since", (string[])["last_days", "not_last_days", "older_days", "next_days"], (string[])["2450", "2480"]),
            28 => ("fields.paper", Text, ["offer.pdf", "rontgen", ".pdf", "0", "-"]),
            27 => ("created", ["last_days", "not_last_days", "older_days"], ["1", "30"]),
            11 => ("text", ["contains"], ["ann bak", "example", "415", "bakery", "zzz"]),
            _ => ("fields.colour", ["is", "is_not", "empty"], ["red", "Blue"]),
        };
        var several = field is "name" or "tag" or "company" or "fields.likes" or "fields.colour" or "fields.size" or "fields.since" or "country" && random.Next(3) == 0;
        var op = Of(random, ops);
        return new Condition(field, op, several || op == "between" ? [Of(random, values), Of(random, values)] : [Of(random, values)]);
    }

    private static string[] Text => ["is", "is_not", "contains", "not_contains", "starts", "ends", "empty", "not_empty"];

    private static string Day(Random random) => new DateOnly(2020, 1, 1).AddDays(random.Next(60)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static T Of<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];
}
