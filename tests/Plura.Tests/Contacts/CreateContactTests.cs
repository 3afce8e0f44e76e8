using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Contacts;

public sealed class CreateContactTests(PluraApp app)
{
    [Fact]
    public async Task A_contact_has_its_addresses_in_one_form_its_tags_and_its_story()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", "Baker", " Ann@Example.com ", "+1 415 555 0123", "Baker Ltd", "VIP", "vip", "Lead");

        var contact = (await account.Contact(id))!;
        Assert.Equal(("Ann Baker", "ann@example.com", "+14155550123", "Baker Ltd"), (contact.Name, contact.Email, contact.Phone, contact.Company));
        Assert.Equal(["Lead", "VIP"], contact.Tags);
        var story = (await account.In(s => s.GetRequiredService<ContactStory>().Read(id, [], null, 10, CancellationToken.None))).Value.Items;
        Assert.Contains(story, e => e.Title == "Added by test");
    }

    [Fact]
    public async Task Refuses_an_email_that_is_taken_and_says_by_whom()
    {
        var account = await app.NewAccount();
        var first = await account.Create("Ann", email: "ann@example.com");

        var second = await account.TryCreate(new CreateContact { FirstName = "Anna", Email = "ANN@example.com" });

        Assert.Equal(("contact.exists", RefusalKind.Conflict, first), (second.Refusal!.Code, second.Refusal.Kind, second.Refusal.About));
        Assert.Equal("You already have this contact.", second.Refusal.Text);
    }

    [Fact]
    public async Task Refuses_a_phone_that_is_taken_however_it_is_typed()
    {
        var account = await app.NewAccount();
        await account.Create("Ann", phone: "+1 415 555 0123");
        Assert.Equal("contact.exists", (await account.TryCreate(new CreateContact { FirstName = "Bob", Phone = "+1-415-555-0123" })).Refusal?.Code);
    }

    [Fact]
    public async Task An_account_may_allow_duplicates()
    {
        var account = await app.NewAccount();
        await account.In(async s =>
        {
            var settings = ContactSettings.Default();
            settings.Set(allowDuplicates: true, ContactPoint.Email);
            var db = s.GetRequiredService<PluraDb>();
            db.ContactSettings.Add(settings);
            await db.SaveChangesAsync();
        });
        await account.Create("Ann", email: "office@example.com");
        await account.Create("Bob", email: "office@example.com");
        Assert.Equal(2, await account.Ask<long>("select count(*) from contacts.contact_point where normal = 'office@example.com'"));
    }

    [Fact]
    public async Task Two_requests_at_the_same_moment_make_one_contact()
    {
        var account = await app.NewAccount();
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => account.TryCreate(new CreateContact { FirstName = $"Ann {i}", Email = "ann@example.com" })));
        Assert.Equal(1, results.Count(r => r.Ok));
        Assert.All(results.Where(r => !r.Ok), r => Assert.Equal("contact.exists", r.Refusal!.Code));
    }

    [Fact]
    public async Task Another_account_may_have_the_same_person()
    {
        var (one, other) = (await app.NewAccount(), await app.NewAccount());
        await one.Create("Ann", email: "ann@example.com");
        await other.Create("Ann", email: "ann@example.com");
    }

    [Theory]
    [InlineData(null, null, null, "Give at least a name, a company, an e-mail address or a phone number.")]
    [InlineData("Ann", "not an address", null, "“not an address” is not an e-mail address. It should look like ann@example.com.")]
    [InlineData("Ann", null, "12", "“12” is not a phone number. Numbers from another country begin with + and the country code.")]
    [InlineData("Ann\r\nBcc: x", null, null, "Names are written on one line, without control characters.")]
    [InlineData("Ann\0", null, null, "Names are written on one line, without control characters.")]
    public async Task Refusals_are_sentences(string? name, string? email, string? phone, string text)
    {
        var account = await app.NewAccount();
        Assert.Equal(text, (await account.TryCreate(new CreateContact { FirstName = name, Email = email, Phone = phone })).Refusal?.Text);
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("size", CustomField.Number));
        var owner = await account.SignIn();
        var page = await owner.Get(account.Page("contacts/new"));
        var refused = await page.Submit("[name='Command.Email']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.FirstName"] = new string('x', 101), ["Command.Email"] = "nobody", ["Command.Phone"] = "12", ["Command.Fields[size]"] = "large" });
        foreach (var sentence in (string[])["A first name has at most 100 characters.", "“nobody” is not an e-mail address", "“12” is not a phone number", "takes a number"])
            Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal("nobody", refused.Find("[name='Command.Email']").GetAttribute("value"));
    }

    [Theory]
    [InlineData("'; drop table contacts.contact; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("{{ 7 | times: 7 }}")]
    [InlineData("مرحبا 你好 👩‍👩‍👧 \u202Egnp")]
    public async Task Hostile_text_is_kept_as_it_is(string name)
    {
        var account = await app.NewAccount();
        var id = await account.Create(name, email: "x@example.com");
        Assert.Equal(name, (await account.Contact(id))!.FirstName);
        Assert.Equal([name], await account.Names(new Condition("name", "is", name)));
    }

    [Fact]
    public async Task Custom_fields_are_checked_by_their_kind_and_kept_in_one_form()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("size", CustomField.Number), app.Field("birthday", CustomField.Date), app.Field("member", CustomField.Checkbox), app.Field("colour", CustomField.Choice, "Red\nBlue"));

        var created = await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["size"] = "42.50", ["birthday"] = "1980-02-29", ["member"] = "Yes", ["colour"] = "blue" } });
        Assert.Equal(new Dictionary<string, string> { ["size"] = "42.5", ["birthday"] = "1980-02-29", ["member"] = "true", ["colour"] = "Blue" }, (await account.Contact(created.Value))!.Fields);

        foreach (var (key, value) in (IEnumerable<(string, string)>)[("size", "large"), ("birthday", "1981-02-29"), ("member", "perhaps"), ("colour", "Green"), ("nothing", "x")])
            Assert.Equal("contact.field", (await account.TryCreate(new CreateContact { FirstName = "Bob", Fields = new() { [key] = value } })).Refusal?.Code);
    }

    [Fact]
    public async Task A_stated_permission_stands_in_the_ledger_with_its_contact()
    {
        var account = await app.NewAccount();
        var created = await account.TryCreate(new CreateContact
        {
            FirstName = "Ann",
            Email = "ann@example.com",
            Consents = [new ConsentGiven { Channel = "email", Source = "Trade fair", Wording = "Yes, send me offers.", Date = new DateOnly(2026, 10, 1) }],
        });
        Assert.Null(created.Refusal);

        var now = await account.In(async s =>
        {
            var addresses = await s.GetRequiredService<IContactDirectory>().Addresses(created.Value, CancellationToken.None);
            return await s.GetRequiredService<IConsentLedger>().Now([.. addresses.Select(a => a.AddressKey)], CancellationToken.None);
        });
        Assert.Equal((Channels.Email, ConsentActs.Attested, ProofLevels.Attested), (now.Single().Channel, now.Single().Act, now.Single().Proof));
        Assert.Equal("May get e-mail", Permissions.Short(now));
    }

    [Fact]
    public async Task A_permission_without_words_or_address_keeps_the_contact_out_too()
    {
        var account = await app.NewAccount();
        foreach (var consent in (ConsentGiven[])
        [
            new() { Channel = "email", Source = "Fair", Date = new DateOnly(2026, 10, 1) },
            new() { Channel = "sms", Source = "Fair", Wording = "Yes", Date = new DateOnly(2026, 10, 1) },
            new() { Channel = "pigeon", Source = "Fair", Wording = "Yes", Date = new DateOnly(2026, 10, 1) },
            new() { Channel = "email", Source = "Fair", Wording = "Yes", Date = new DateOnly(2036, 10, 1) },
        ])
            Assert.Equal("contact.consent", (await account.TryCreate(new CreateContact { Email = "ann@example.com", Consents = [consent] })).Refusal?.Code);
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.contact"));
    }
}
