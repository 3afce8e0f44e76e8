using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class EditContactTests(PluraApp app)
{
    private static Task<Result> Edit(TestAccount account, EditContact command) =>
        account.In(s => s.GetRequiredService<EditContactHandler>().Handle(command, CancellationToken.None));

    [Fact]
    public async Task What_is_not_given_stays()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", "Baker", "ann@example.com", "+14155550123", "Baker Ltd");
        Assert.Null((await Edit(account, new EditContact { Id = id, LastName = "Miller" })).Refusal);
        var contact = (await account.Contact(id))!;
        Assert.Equal(("Ann", "Miller", "Baker Ltd", "ann@example.com", "+14155550123"), (contact.FirstName, contact.LastName, contact.Company, contact.Email, contact.Phone));
    }

    [Fact]
    public async Task A_second_window_does_not_wipe_what_the_first_saved()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        var inside = await account.SignIn();
        var id = await account.Create("Ann", "Baker", "ann@example.com", company: "Baker Ltd");
        var (first, second) = (await inside.Get(account.Page($"contacts/{id}?edit=1")), await inside.Get(account.Page($"contacts/{id}?edit=1")));
        own.Clock.Advance(TimeSpan.FromSeconds(1));
        await first.Submit("[name='Command.LastName']", new { LastName = "Miller" });

        var refused = await second.Submit("[name='Command.LastName']", new { Company = "Other Ltd" });

        Assert.Contains("was changed while you had it open", refused.Text, StringComparison.Ordinal);
        Assert.Equal("Other Ltd", refused.Find("[name='Command.Company']").GetAttribute("value"));
        var contact = (await account.Contact(id))!;
        Assert.Equal(("Miller", "Baker Ltd"), (contact.LastName, contact.Company));
        // Whoever has looked and presses again means it.
        await refused.Submit("[name='Command.LastName']", new { });
        Assert.Equal("Other Ltd", (await account.Contact(id))!.Company);
    }

    [Fact]
    public async Task Empty_text_empties_a_field()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", "Baker", "ann@example.com", company: "Baker Ltd");
        await Edit(account, new EditContact { Id = id, Company = "", Email = "" });
        var contact = (await account.Contact(id))!;
        Assert.Equal(("", null), (contact.Company, contact.Email));
    }

    [Fact]
    public async Task Addresses_that_stay_keep_their_rows_when_their_order_changes()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", email: "one@example.com");
        await Edit(account, new EditContact { Id = id, Emails = ["one@example.com", "two@example.com"] });
        var before = (await account.Contact(id))!.Emails.ToDictionary(e => e.Normal, e => e.Id);

        Assert.Null((await Edit(account, new EditContact { Id = id, Emails = ["two@example.com", "one@example.com", "three@example.com"] })).Refusal);

        var after = (await account.Contact(id))!.Emails;
        Assert.Equal(["two@example.com", "one@example.com", "three@example.com"], after.Select(e => e.Normal));
        Assert.Equal([before["two@example.com"], before["one@example.com"]], after.Take(2).Select(e => e.Id));
        Assert.Equal("two@example.com", after.Single(e => e.Primary).Normal);
    }

    [Fact]
    public async Task Refuses_an_address_that_another_contact_has()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann", email: "ann@example.com");
        var bob = await account.Create("Bob", email: "bob@example.com");
        var refused = await Edit(account, new EditContact { Id = bob, Email = "ann@example.com" });
        Assert.Equal(("contact.address_taken", (Guid?)ann), (refused.Refusal!.Code, refused.Refusal.About));
        Assert.Equal("bob@example.com", (await account.Contact(bob))!.Email);
    }

    [Fact]
    public async Task A_change_stands_in_the_story_with_old_and_new()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("shoe_size", CustomField.Number));
        var id = await account.Create("Ann", email: "ann@example.com");
        await Edit(account, new EditContact { Id = id, FirstName = "Anna", Fields = new() { ["shoe_size"] = "38" } });
        var story = (await account.In(s => s.GetRequiredService<ContactStory>().Read(id, [], null, 10, CancellationToken.None))).Value.Items;
        Assert.Equal("first name: Ann → Anna; shoe size: 38", story[0].Why);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_leaves_no_trace()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", email: "ann@example.com");
        var before = (await account.Contact(id))!.UpdatedAt;
        await Edit(account, new EditContact { Id = id, FirstName = "Ann " });
        Assert.Equal(before, (await account.Contact(id))!.UpdatedAt);
    }

    [Fact]
    public async Task The_search_finds_the_new_name_and_not_the_old()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Zacharias", email: "z@example.com");
        await Edit(account, new EditContact { Id = id, FirstName = "Quentin" });
        Assert.Single((await account.List(new ListContacts { Text = "quent" })).Value.Items);
        Assert.Empty((await account.List(new ListContacts { Text = "zachar" })).Value.Items);
    }

    [Fact]
    public async Task Another_accounts_contact_does_not_exist_here()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = await other.Create("Ann", email: "ann@example.com");
        Assert.Equal("contact.missing", (await Edit(mine, new EditContact { Id = id, FirstName = "X" })).Refusal?.Code);
        Assert.Equal("Ann", (await other.Contact(id))!.FirstName);
    }

    [Fact]
    public async Task A_contact_cannot_lose_everything()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", email: "ann@example.com");
        Assert.Equal("contact.empty", (await Edit(account, new EditContact { Id = id, FirstName = "", Email = "" })).Refusal?.Code);
    }
}
