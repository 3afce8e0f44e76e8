using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Contacts;

public sealed class ContactPagesTests(PluraApp app)
{
    [Fact]
    public async Task An_empty_address_book_offers_the_first_step()
    {
        var account = await app.NewAccount();
        var page = await (await account.SignIn()).Get(account.Page("contacts"));
        Assert.Contains("Your address book is empty", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await page.Click("New contact")).Status);
    }

    [Fact]
    public async Task A_person_is_added_by_hand_and_stands_on_a_page_of_their_own()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var form = await account.Browser.Get(account.Page("contacts/new"));
        var page = await form.Submit("form[action=''], .panel form", new { FirstName = "Ann", LastName = "<b>Baker</b>", Email = "ann@example.com", TagText = "VIP, Lead" });
        Assert.Equal("Ann <b>Baker</b>", page.Find("h1").TextContent.Trim());
        Assert.Contains("No permission for marketing e-mail", page.Text, StringComparison.Ordinal);
        Assert.Contains("Added by Olivia Owner", page.Text, StringComparison.Ordinal);
        Assert.Contains("VIP", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var form = await account.Browser.Get(account.Page("contacts/new"));
        var page = await form.Submit(".panel form", new { FirstName = "Ann", Email = "not an address", Company = "Bakery \"1\"" });
        Assert.Contains("“not an address” is not an e-mail address.", page.Text, StringComparison.Ordinal);
        Assert.Equal("Bakery \"1\"", page.Find("[name='Command.Company']").GetAttribute("value"));
    }

    [Fact]
    public async Task The_list_searches_filters_and_says_what_is_permitted()
    {
        var account = await app.NewAccount();
        await account.TryCreate(new CreateContact { FirstName = "Ann", Email = "ann@example.com", Tags = ["VIP"], Consents = [new ConsentGiven { Channel = Channels.Email, Source = "Fair", Wording = "Yes", Date = new DateOnly(2026, 10, 1) }] });
        await account.Create("Bob", email: "bob@example.com");
        await account.Create("Cora");
        await account.SignIn();

        var all = await account.Browser.Get(account.Page("contacts"));
        Assert.Contains("May get e-mail", all.Text, StringComparison.Ordinal);
        Assert.Contains("No permission", all.Text, StringComparison.Ordinal);
        Assert.Equal(["Ann"], (await account.Browser.Get(account.Page("contacts?tag=vip"))).All("td.main"));
        Assert.Equal(["Bob"], (await account.Browser.Get(account.Page("contacts?q=bob"))).All("td.main"));
        Assert.Equal(["Cora"], (await account.Browser.Get(account.Page("contacts?has=no-email"))).All("td.main"));
        Assert.Contains("You have no tag called “gone”.", (await account.Browser.Get(account.Page("contacts?tag=gone"))).Text, StringComparison.Ordinal);
        Assert.Contains("This page link no longer works", (await account.Browser.Get(account.Page("contacts?cursor=xyz"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selected_contacts_are_tagged_and_deleted_and_come_back()
    {
        var account = await app.NewAccount();
        var (ann, bob) = (await account.Create("Ann"), await account.Create("Bob"));
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts"));
        var tagged = await list.Submit(".contact-list", new Dictionary<string, object?> { ["Ids"] = (string[])[ann.ToString(), bob.ToString()], ["NewTag"] = "VIP" }, "Add tag");
        Assert.Contains("2 contacts got the tag.", tagged.Text, StringComparison.Ordinal);
        Assert.Equal(["VIP"], (await account.Contact(bob))!.Tags);

        var deleted = await tagged.Submit(".contact-list", new Dictionary<string, object?> { ["Ids"] = (string[])[ann.ToString()], ["Do"] = "delete" });
        Assert.Contains("1 contact moved to the bin.", deleted.Text, StringComparison.Ordinal);
        Assert.Equal(["Bob"], deleted.All("td.main"));
        var bin = await account.Browser.Get(account.Page("contacts/bin"));
        var back = await bin.Submit("main form", new { }, "Bring back");
        Assert.Equal("Ann", back.Find("h1").TextContent.Trim());
    }

    [Fact]
    public async Task A_tag_that_was_refused_is_still_there_to_be_mended()
    {
        var account = await app.NewAccount();
        var ann = await account.Create("Ann");
        await account.SignIn();
        var list = await (await account.Browser.Get(account.Page("contacts"))).Submit(".contact-list", new { NewTag = "VIP" }, "Add tag");
        Assert.Contains("Tick the contacts first, or choose all that fit this list.", list.Text, StringComparison.Ordinal);
        Assert.Equal("VIP", list.Find("[name=NewTag]").GetAttribute("value"));

        var long61 = new string('x', 61);
        var page = await (await account.Browser.Get(account.Page($"contacts/{ann}"))).Submit("[name=NewTag]", new { NewTag = long61 });
        Assert.Equal(long61, page.Find("[name=NewTag]").GetAttribute("value"));
        Assert.Contains("A tag has at most 60 characters", page.Find("#new-tag-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_is_saved_and_used_again()
    {
        var account = await app.NewAccount();
        await account.Create("Ann", email: "ann@example.com", tags: "VIP");
        await account.Create("Bob");
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts?tag=VIP&q=ann"));
        var saved = await list.Submit("#keep-list form", new { ListName = "My VIPs" });
        Assert.Equal(["Ann"], saved.All("td.main"));
        Assert.Contains("My VIPs", saved.Text, StringComparison.Ordinal);
        var refused = await list.Submit("#keep-list form", new { ListName = "my vips" });
        Assert.Contains("You already have a smart list with this name.", refused.Find("[name=ListName]").ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal("my vips", refused.Find("[name=ListName]").GetAttribute("value"));
        Assert.True(refused.Find("#keep-list").HasAttribute("open"));
    }

    [Fact]
    public async Task What_a_person_said_is_noted_with_its_proof_and_their_own_no_outlives_it()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", email: "ann@example.com");
        await account.SignIn();
        var panel = await account.Browser.Get(account.Page($"contacts/{id}?consent=1"));
        var noted = await panel.Submit(".side-panel form", new { Answer = "agreed", Source = "By phone", Wording = "Monthly offers", Date = "2026-10-30" });
        Assert.Contains("May get marketing e-mail: you stated that this person agreed on 30 October 2026.", noted.Text, StringComparison.Ordinal);
        Assert.Contains("Olivia Owner stated that this person agreed to e-mail", noted.Text, StringComparison.Ordinal);

        var key = (await account.Contact(id))!.Emails[0].Key;
        await account.In(s => s.GetRequiredService<IConsentLedger>().Append(new ConsentEntry { AddressKey = key, SubjectId = id, Channel = Channels.Email, Act = ConsentActs.Withdrawn, How = ConsentDoors.UnsubscribePage }, CancellationToken.None));
        var refused = await (await account.Browser.Get(account.Page($"contacts/{id}?consent=1"))).Submit(".side-panel form", new { Answer = "agreed", Source = "By phone", Wording = "Offers", Date = "2026-10-30" });
        Assert.Contains("This person unsubscribed themselves.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Gets no marketing e-mail: unsubscribed", (await account.Browser.Get(account.Page($"contacts/{id}"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editing_happens_beside_the_story()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", email: "ann@example.com");
        await account.SignIn();
        var panel = await account.Browser.Get(account.Page($"contacts/{id}?edit=1"));
        var saved = await panel.Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Command.FirstName"] = "Anna",
            ["Emails[0].Label"] = "Private",
            ["Emails[1].Value"] = "anna@work.example",
            ["Emails[1].Label"] = "Work",
            ["Emails.Main"] = "1",
        });
        Assert.Equal("Anna", saved.Find("h1").TextContent.Trim());
        Assert.Equal([("anna@work.example", "Work", true), ("ann@example.com", "Private", false)], (await account.Contact(id))!.Emails.Select(e => (e.Normal, e.Label, e.Primary)));
        Assert.Contains("first name: Ann → Anna", saved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_accounts_contact_is_not_found()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        var id = await other.Create("Ann");
        await mine.SignIn();
        Assert.Equal(HttpStatusCode.NotFound, (await mine.Browser.Get(mine.Page($"contacts/{id}"))).Status);
    }

    [Fact]
    public async Task The_export_is_a_file_and_needs_the_form_that_was_shown()
    {
        var account = await app.NewAccount();
        await account.Create("Ann", email: "ann@example.com");
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts"));
        var file = await list.Submit("form[action$='/export']", new { });
        Assert.Contains("ann@example.com", file.Html, StringComparison.Ordinal);
        using var forged = new FormUrlEncodedContent([]);
        using var answer = await account.Browser.Send(HttpMethod.Post, account.Page("contacts/export"), forged, follow: false);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_refused_export_is_a_sentence_on_the_list()
    {
        var account = await app.NewAccount();
        await account.Create("Ann");
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts?tag=gone"));
        var refused = await list.Submit("form[action$='/export']", new { });
        Assert.Equal("Contacts", refused.Find("h1").TextContent.Trim());
        Assert.Contains("You have no tag called “gone”.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_new_is_announced_on_the_open_list()
    {
        var account = await app.NewAccount();
        await account.Create("Ann");
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts"));
        Assert.StartsWith("contacts-new:", list.Find("main [data-live^='contacts-new']").GetAttribute("data-live"), StringComparison.Ordinal);
        Assert.Null(NewContacts.Parameters("yesterday"));
        Assert.NotNull(NewContacts.Parameters("638999999999999999"));
    }
}
