using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Tests.Campaigns;
using Plura.Tests.Opportunities;
using Plura.Tests.Sites;

namespace Plura.Tests.Contacts;

public sealed class MergeTests(PluraApp app)
{
    [Fact]
    public async Task Each_field_is_chosen_what_is_lacking_is_filled_and_all_addresses_and_tags_come_along()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("shoe_size", CustomField.Number), app.Field("colour", CustomField.Choice, "Red\nBlue"));
        var ann = await Full(account, "Ann", "Ames", "ann@x.example", "+12077740100", "Ames Dental", "Portland", "38", "Red", "VIP");
        var anna = await Full(account, "Anna", "", "anna@x.example", "+12077740111", "Brown Dental", "", "40", "", "Lead");
        await account.Merge(ann, anna, ("firstName", anna), ("company", anna), ("email", anna), ("fields.shoe_size", anna), ("address", ann));
        var one = (await account.Contact(ann))!;
        Assert.Equal(("Anna", "Ames", "Brown Dental", "Portland"), (one.FirstName, one.LastName, one.Company, one.City));
        Assert.Equal(["anna@x.example", "ann@x.example"], one.Emails.Select(e => e.Normal));
        Assert.Equal(["+12077740100", "+12077740111"], one.Phones.Select(p => p.Normal));
        Assert.Equal(("40", "Red"), (one.Fields["shoe_size"], one.Fields["colour"]));
        Assert.Equal(["Lead", "VIP"], one.Tags);
        Assert.Null(await account.Contact(anna));
        Assert.Equal([ann], (await account.List(new ListContacts { Text = "anna@x.example" })).Value.Items.Select(c => c.Id));
        // What was empty with one can be chosen too.
        var bob = await account.Create("Bob", phone: "+12077740122");
        await account.Merge(bob, ann, ("lastName", bob), ("company", bob), ("fields.colour", bob));
        var rest = (await account.Contact(bob))!;
        Assert.Equal(("Bob", "", ""), (rest.FirstName, rest.LastName, rest.Company));
        Assert.False(rest.Fields.ContainsKey("colour"));
        Assert.Equal("+12077740122", rest.Phone);
    }

    [Fact]
    public async Task Merged_and_parted_again_every_row_is_what_it_was()
    {
        var account = await app.NewAccount();
        await account.In(s => s.GetRequiredService<TellApartHandler>().Handle(new TellApart { AllowDuplicates = true, MatchFirst = ContactPoint.Email }, default));
        await account.Fields(app.Field("shoe_size", CustomField.Number));
        await app.Do("update contacts.custom_field set is_unique = true where tenant_id = $1", account.Id);
        var (ann, anna) = await Lived(account);
        var before = await Rows(account);
        Assert.True(before.Count > 20);
        var merged = await account.Merge(ann, anna, ("firstName", anna), ("email", anna), ("fields.shoe_size", anna));
        foreach (var table in (string[])["note", "task", "attachment", "contact_tag", "contact_follower", "contact_point"])
            Assert.Equal(0L, await app.Ask<long>($"select count(*) from contacts.{table} where contact_id = $1", anna));
        Assert.Equal(0L, await app.Ask<long>("select (select count(*) from opportunities.opportunity where contact_id = $1) + (select count(*) from sites.form_submission where contact_id = $1) + (select count(*) from messaging.send where contact_id = $1)", anna));
        var story = await (await account.SignIn()).Get(account.Page($"contacts/{anna}"));
        Assert.Contains(ann.ToString(), story.Url.ToString(), StringComparison.Ordinal);
        foreach (var told in (string[])["Likes tea", "Call Anna", "Anna's roof", "merged this contact with Anna"])
            Assert.Contains(told, story.Text, StringComparison.Ordinal);
        var during = await Rows(account);
        Assert.NotEqual(before.Where(r => during.TryGetValue(r.Key, out var now) && now == r.Value).Count(), before.Count);
        await account.Unmerge(merged);
        await account.Work();
        var after = await Rows(account);
        Assert.Empty(before.Where(r => !after.TryGetValue(r.Key, out var now) || now != r.Value).Select(r => r.Key));
        // What is new says that they were merged and parted, and nothing else.
        Assert.All(after.Keys.Except(before.Keys), key => Assert.StartsWith("contact_change", key, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await account.Browser.Get(account.Page($"contacts/{anna}"))).Status);
    }

    [Fact]
    public async Task What_was_changed_since_stays_when_they_are_parted()
    {
        var account = await app.NewAccount();
        var (ann, anna) = (await account.Create("Ann", "Ames", email: "ann@x.example", tags: "VIP"), await account.Create("Anna", phone: "+12077740100", company: "Brown Dental"));
        var merged = await account.Merge(ann, anna, ("firstName", anna));
        await account.In(s => s.GetRequiredService<EditContactHandler>().Handle(new EditContact { Id = ann, LastName = "Brown", Emails = ["ann@x.example", "ann@home.example"] }, default));
        await account.Api.PostJson($"/api/v1/contacts/{ann}/notes", new { text = "After the merge" });
        await account.Unmerge(merged);
        var (first, second) = ((await account.Contact(ann))!, (await account.Contact(anna))!);
        Assert.Equal(("Ann", "Brown", ""), (first.FirstName, first.LastName, first.Company));
        Assert.Equal(["ann@x.example", "ann@home.example"], first.Emails.Select(e => e.Normal));
        Assert.Empty(first.Phones);
        Assert.Equal(("Anna", "", "Brown Dental", "+12077740100"), (second.FirstName, second.LastName, second.Company, second.Phone));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.note where contact_id = $1", ann));
        Assert.Equal([ann], (await account.List(new ListContacts { Text = "home.example" })).Value.Items.Select(c => c.Id));
        Assert.DoesNotContain((await account.List(new ListContacts { Text = "anna" })).Value.Items, c => c.Id == ann);
    }

    [Fact]
    public async Task A_merge_that_was_overtaken_is_refused_and_pressed_twice_it_is_one()
    {
        var account = await app.NewAccount();
        var (ann, anna) = (await account.Create("Ann"), await account.Create("Anna"));
        var (seen, otherSeen) = ((await account.Contact(ann))!.UpdatedAt.UtcTicks, (await account.Contact(anna))!.UpdatedAt.UtcTicks);
        var stale = await account.TryMerge(new MergeContacts { Id = ann, Other = anna, Seen = seen, OtherSeen = otherSeen - 10 });
        Assert.Equal("merge.changed", stale.Refusal!.Code);
        Assert.Equal("merge.same", (await account.TryMerge(new MergeContacts { Id = ann, Other = ann })).Refusal!.Code);
        Assert.Equal("merge.field", (await account.TryMerge(new MergeContacts { Id = ann, Other = anna, Values = { ["shoe"] = ann } })).Refusal!.Code);
        Assert.Equal("merge.choice", (await account.TryMerge(new MergeContacts { Id = ann, Other = anna, Values = { ["firstName"] = Guid.Empty } })).Refusal!.Code);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => account.TryMerge(new MergeContacts { Id = ann, Other = anna, Seen = seen, OtherSeen = otherSeen })));
        Assert.Equal(both[0].Value, both[1].Value);
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.merge"));
        var undone = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => account.In(s => s.GetRequiredService<UnmergeContactsHandler>().Handle(new UnmergeContacts(both[0].Value), default))));
        Assert.Equal(["merge.undone"], undone.Select(u => u.Refusal?.Code).OfType<string>());
        Assert.NotNull(await account.Contact(anna));
    }

    [Fact]
    public async Task While_a_list_comes_in_nothing_is_merged_or_parted_in_that_account()
    {
        var (account, other) = (await app.NewAccount(), await app.NewAccount());
        var (ann, anna, annie) = (await account.Create("Ann"), await account.Create("Anna"), await account.Create("Annie"));
        var merged = await account.Merge(ann, anna);
        // The turn that an import, and its undo, hold from their first line to their last.
        await using (var open = await account.Open())
        await using (await open.BeginTransactionAsync())
        {
            await open.Do("select pg_advisory_xact_lock($1, hashtext($2))", ImportRun.LockClass, account.Id.ToString());
            Assert.Equal("merge.importing", (await account.TryMerge(new MergeContacts { Id = ann, Other = annie })).Refusal!.Code);
            Assert.Equal("merge.importing", (await account.In(s => s.GetRequiredService<UnmergeContactsHandler>().Handle(new UnmergeContacts(merged), default))).Refusal!.Code);
            await other.Merge(await other.Create("Ben"), await other.Create("Benny"));
        }

        await account.Unmerge(merged);
        await account.Merge(ann, annie);
    }

    [Fact]
    public async Task Merges_of_one_contact_are_taken_back_one_after_the_other_the_last_first()
    {
        var account = await app.NewAccount();
        var (ann, ben, cleo) = (await account.Create("Ann"), await account.Create("Ben"), await account.Create("Cleo"));
        var (first, second) = (await account.Merge(ann, ben), await account.Merge(cleo, ann));
        Assert.Equal("merge.gone", (await account.In(s => s.GetRequiredService<UnmergeContactsHandler>().Handle(new UnmergeContacts(first), default))).Refusal!.Code);
        // The oldest link follows both.
        Assert.Contains(cleo.ToString(), (await (await account.SignIn()).Get(account.Page($"contacts/{ben}"))).Url.ToString(), StringComparison.Ordinal);
        await account.Unmerge(second);
        var third = await account.Merge(ann, cleo);
        Assert.Equal("merge.later", (await account.In(s => s.GetRequiredService<UnmergeContactsHandler>().Handle(new UnmergeContacts(first), default))).Refusal!.Code);
        await account.Unmerge(third);
        await account.Unmerge(first);
        Assert.Equal(3, (await account.List(new ListContacts())).Value.Items.Count);
    }

    [Fact]
    public async Task Another_accounts_contacts_are_nobodys()
    {
        var (ours, theirs) = (await app.NewAccount(), await app.NewAccount());
        var (ann, anna, mine) = (await ours.Create("Ann"), await ours.Create("Anna"), await theirs.Create("Mine"));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.Api.Call($"/api/v1/contacts/{ann}/merge", HttpMethod.Post, new { other = anna })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.Api.Call($"/api/v1/contacts/{mine}/merge", HttpMethod.Post, new { other = anna })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await theirs.SignIn()).Get(theirs.Page($"contacts/{mine}/merge/{anna}"))).Status);
        var merged = (await ours.Api.PostJson($"/api/v1/contacts/{ann}/merge", new { other = anna, values = new { firstName = anna } })).GetProperty("id").GetGuid();
        Assert.Equal("Anna", (await ours.Contact(ann))!.FirstName);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.Api.Call($"/api/v1/contacts/merges/{merged}/undo", HttpMethod.Post, new { })).Status);
        Assert.Equal(HttpStatusCode.OK, (await ours.Api.Call($"/api/v1/contacts/merges/{merged}/undo", HttpMethod.Post, new { })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await ours.Api.Call($"/api/v1/contacts/merges/{merged}/undo", HttpMethod.Post, new { })).Status);
    }

    [Fact]
    public async Task Two_are_compared_on_a_page_merged_and_put_back_by_undo()
    {
        var account = await app.NewAccount();
        var (ann, anna) = (await account.Person("Ann"), await account.Person("Anna"));
        await account.Withdraw("anna@people.example");
        var browser = await account.SignIn();
        var page = await browser.Get(account.Page($"contacts/{ann}/merge/{anna}"));
        Assert.Contains("anna@people.example unsubscribed from marketing e-mail: afterwards that holds for ann@people.example too.", page.Text, StringComparison.Ordinal);
        var merged = await page.Submit("form:has(.merge)", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Stay"] = ann.ToString(), ["Values.firstName"] = anna.ToString() });
        Assert.Contains("Anna and Ann are one contact now.", merged.Text, StringComparison.Ordinal);
        Assert.Equal("Anna", (await account.Contact(ann))!.FirstName);
        var back = await merged.Submit("form[action$='/undo']", new { });
        Assert.Contains("both contacts are here again", back.Text, StringComparison.Ordinal);
        Assert.Equal("Ann", (await account.Contact(ann))!.FirstName);
    }

    private static async Task<Guid> Full(TestAccount account, string first, string last, string email, string phone, string company, string city, string size, string colour, string tag)
    {
        var made = await account.TryCreate(new CreateContact
        {
            FirstName = first,
            LastName = last,
            Email = email,
            Phone = phone,
            Company = company,
            City = city,
            Tags = [tag],
            Fields = new[] { ("shoe_size", size), ("colour", colour) }.Where(f => f.Item2.Length > 0).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal),
        });
        Assert.Null(made.Refusal);
        return made.Value;
    }

    /// <summary>Two people with everything that hangs on a contact; they share an address, a tag and a follower.</summary>
    private async Task<(Guid Ann, Guid Anna)> Lived(TestAccount account)
    {
        var form = await account.Form(doubleOptIn: true);
        var ann = await account.Person("Ann", tag: "VIP");
        await app.FillIn(form, "anna@people.example", tick: true);
        await account.Settle(app);
        var anna = await account.Ask<Guid>("select contact_id from contacts.contact_point where normal = 'anna@people.example'");
        await account.In(s => s.GetRequiredService<EditContactHandler>().Handle(
            new EditContact { Id = anna, FirstName = "Anna", Company = "Brown Dental", Emails = ["anna@people.example", "ann@people.example"], Phone = "+12077740100", Minor = true, Assignee = account.OwnerId.ToString(), Fields = new(StringComparer.Ordinal) { ["shoe_size"] = "40" } }, default));
        await account.In(s => s.GetRequiredService<TagContactHandler>().Handle(new TagContact { Ids = [anna], Tags = ["VIP", "Lead"] }, default));
        var dora = await account.Colleague(app, name: "Dora Deputy");
        foreach (var (contact, user) in ((Guid, Guid)[])[(ann, account.OwnerId), (anna, account.OwnerId), (anna, dora.Id)])
            await account.Api.PostJson($"/api/v1/contacts/{contact}/followers", new { user });
        await account.Api.PostJson($"/api/v1/contacts/{anna}/notes", new { text = "Likes tea" });
        await account.Api.PostJson("/api/v1/tasks", new { title = "Call Anna", contact = anna, assignee = account.OwnerId, due = "2026-12-24" });
        (await AttachmentTests.Post(account, anna, "scan.pdf", [1, 2, 3])).Dispose();
        await account.Opportunity(anna, (await account.Pipeline()).Stages[0], "Anna's roof");
        await account.Send(await account.Letter());
        await account.Settle(app);
        await account.In(s => s.GetRequiredService<FindDuplicatesHandler>().Handle(new FindDuplicates(), default));
        await account.Work();
        return (ann, anna);
    }

    /// <summary>Every row that belongs to a contact, by its key, with a digest of all of it.</summary>
    private static async Task<Dictionary<string, string>> Rows(TestAccount account)
    {
        (string Table, string Key)[] tables =
        [
            ("contacts.contact", "id"), ("contacts.contact_point", "id"), ("contacts.contact_tag", "contact_id || ':' || tag_id"), ("contacts.contact_follower", "contact_id || ':' || user_id"), ("contacts.unique_value", "field_id || ':' || normal"),
            ("contacts.note", "id"), ("contacts.task", "id"), ("contacts.attachment", "id"), ("contacts.contact_change", "id"), ("contacts.duplicate", "first_id || ':' || second_id"), ("contacts.not_same", "first_id || ':' || second_id"),
            ("opportunities.opportunity", "id"), ("sites.form_submission", "id"), ("messaging.send", "id"),
            ("privacy.consent_state", "address_key || ':' || channel || ':' || topic"), ("privacy.suppression", "address_key || ':' || channel"),
        ];
        await using var open = await account.Open();
        var rows = await open.Rows(string.Join(" union all ", tables.Select(t => $"select '{t.Table[(t.Table.IndexOf('.', StringComparison.Ordinal) + 1)..]} ' || ({t.Key})::text, md5((to_jsonb(t) - 'changed_in')::text) from {t.Table} t")));
        return rows.ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);
    }
}
