using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plura.Contacts;
using Plura.Contacts.Contracts;
using Plura.Platform;

namespace Plura.Tests.Contacts;

public sealed class KeepFieldTests(PluraApp app)
{
    [Fact]
    public async Task A_field_is_made_on_the_settings_page_and_asked_for_at_once()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var empty = await account.Browser.Get(account.Page("settings/fields"));
        Assert.Contains("No fields of contacts yet", empty.Text, StringComparison.Ordinal);
        var list = await (await empty.Click("Make the first one")).Submit(".side-panel form", new { Label = "Shoe size", Kind = "number", Privacy = "personal" });
        Assert.Contains("The field is made.", list.Text, StringComparison.Ordinal);
        Assert.Contains("Shoe size", list.Text, StringComparison.Ordinal);
        var form = await account.Browser.Get(account.Page("contacts/new"));
        Assert.NotNull(form.Find("[name='Command.Fields[shoe_size]']"));
    }

    [Theory]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("-1,234,567", "-1234567")]
    [InlineData("1.234,5", "1234.5")]
    [InlineData("1.25", "1.25")]
    [InlineData("1,25", null)]
    [InlineData("12,34,567", null)]
    public void A_number_is_read_as_people_write_it(string written, string? number) => Assert.Equal(number, FieldBook.Number(written));

    [Theory]
    [InlineData("", "text", "personal", "Label", "Give the field a name.")]
    [InlineData("Size", "", "personal", "Kind", "Choose what can be in it.")]
    [InlineData("Size", "text", "", "Privacy", "Say what this field tells about a person: it decides what leaves with a list.")]
    [InlineData("Colour", "choice", "none", "Choices", "Write 1 to 200 choices of at most 100 characters, one a line.")]
    public async Task What_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(string label, string kind, string privacy, string field, string text)
    {
        var account = await app.NewAccount();
        var refused = await Keep(account, new KeepField { Label = label, Kind = kind, Privacy = privacy, Group = "Feet" });
        Assert.Equal(text, refused.Refusal!.Fields[field][0]);
        await account.SignIn();
        var page = await (await account.Browser.Get(account.Page("settings/fields?field=new"))).Submit(".side-panel form", new { Label = label, Kind = kind, Privacy = privacy.Length == 0 ? null : privacy, Group = "Feet" });
        Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.Equal("Feet", page.Find("[name='Command.Group']").GetAttribute("value"));
    }

    [Fact]
    public async Task Values_are_checked_by_kind_and_kept_in_one_form()
    {
        var account = await app.NewAccount();
        foreach (var (kind, _, _) in FieldKinds.All)
            Assert.Null((await Keep(account, new KeepField { Label = kind, Kind = kind, Privacy = "none", Choices = FieldKinds.HasOptions(kind) ? ["Red", "Green, light", "Blue"] : [] })).Refusal);
        var id = (await account.TryCreate(new CreateContact
        {
            FirstName = "Ann",
            Fields = new()
            {
                ["text"] = " one line ",
                ["long_text"] = "two\r\nlines",
                ["number"] = "12.50",
                ["money"] = "$1250",
                ["date"] = "2026-11-23",
                ["phone"] = "(415) 555-0123",
                ["email"] = "ANN@Work.Example",
                ["url"] = "example.com",
                ["checkbox"] = "yes",
                ["choice"] = "red",
                ["choices"] = "blue; green, LIGHT",
            },
        })).Value;
        var fields = (await account.Contact(id))!.Fields;
        Assert.Equal(
            "checkbox=true, choice=Red, choices=Green, light|Blue, date=2026-11-23, email=ann@work.example, long_text=two|lines, money=1250.00, number=12.5, phone=+14155550123, text=one line, url=https://example.com",
            string.Join(", ", fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value.Replace('\n', '|')}")));
    }

    [Theory]
    [InlineData("money", "12.3456", "“money” takes an amount in USD, for example 1250.00.")]
    [InlineData("phone", "12", "“phone” takes a phone number. Numbers from another country begin with + and the country code.")]
    [InlineData("email", "nobody", "“email” takes an e-mail address, for example ann@example.com.")]
    [InlineData("url", "javascript:alert(1)", "“url” takes a web address, for example https://example.com.")]
    [InlineData("url", "not an address", "“url” takes a web address, for example https://example.com.")]
    [InlineData("choices", "Red; Purple", "“choices” takes any of: Red, Blue.")]
    public async Task What_does_not_fit_is_refused_with_a_clear_sentence(string kind, string value, string text)
    {
        var account = await app.NewAccount();
        await Keep(account, new KeepField { Label = kind, Kind = kind, Privacy = "none", Choices = FieldKinds.HasOptions(kind) ? ["Red", "Blue"] : [] });
        using var answer = await account.Api.Post("/api/v1/contacts", new { firstName = "Ann", fields = new Dictionary<string, string> { [kind] = value } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(text, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty($"fields.{kind}")[0].GetString());
    }

    [Fact]
    public async Task Several_choices_are_ticked_on_the_page_and_can_all_be_taken_away()
    {
        var account = await app.NewAccount();
        await Keep(account, new KeepField { Label = "Likes", Kind = "choices", Privacy = "none", Choices = ["Golf", "Tennis", "Chess"] });
        var id = await account.Create("Ann");
        await account.SignIn();
        var saved = await (await account.Browser.Get(account.Page($"contacts/{id}?edit=1"))).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Chosen[likes]"] = (string[])["Golf", "Chess"] });
        Assert.Contains("Chess", saved.Text, StringComparison.Ordinal);
        Assert.Equal("Golf\nChess", (await account.Contact(id))!.Fields["likes"]);
        Assert.Equal(["Ann"], await account.Names(new Condition("fields.likes", "is", (IReadOnlyList<string>)["tennis", "chess"])));
        await (await account.Browser.Get(account.Page($"contacts/{id}?edit=1"))).Submit(".side-panel form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Chosen[likes]"] = null });
        Assert.Empty((await account.Contact(id))!.Fields);
    }

    [Fact]
    public async Task A_required_field_is_asked_of_people_and_programs_and_not_of_what_comes_by_itself()
    {
        var account = await app.NewAccount();
        await Keep(account, new KeepField { Label = "Number", Kind = "text", Privacy = "none", Required = true });
        Assert.Equal("“Number” must be filled in.", (await account.TryCreate(new CreateContact { FirstName = "Ann" })).Refusal?.Fields["Fields.number"][0]);
        var ann = (await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["number"] = "7" } })).Value;
        Assert.Equal("“Number” must be filled in.", (await Edit(account, new EditContact { Id = ann, Fields = new() { ["number"] = "" } })).Refusal?.Text);
        Assert.Null((await Edit(account, new EditContact { Id = ann, FirstName = "Anna" })).Refusal);
        var byForm = await account.In(s => s.GetRequiredService<IContactDirectory>().FindOrCreate(new ContactDraft { FirstName = "Ben", Email = "ben@example.com", Source = "Form" }, CancellationToken.None));
        Assert.Null(byForm.Refusal);
        var imported = await new ImportDesk(account).Import("E-Mail\ncleo@example.com\n");
        Assert.Equal([1, 0, 0, 0, 0], imported.Counts);
    }

    [Fact]
    public async Task A_unique_value_is_somebodys_alone_whoever_comes_at_the_same_moment()
    {
        var account = await app.NewAccount();
        await Keep(account, new KeepField { Label = "Number", Kind = "text", Privacy = "none", Unique = true });
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => account.TryCreate(new CreateContact { FirstName = $"Person {n}", Fields = new() { ["number"] = n % 2 == 0 ? "AB-1" : "ab-1" } })));
        Assert.Single(all, r => r.Ok);
        Assert.All(all.Where(r => !r.Ok), r => Assert.Equal("Another contact already has this “Number”, and only one may.", r.Refusal!.Fields["Fields.number"][0]));
        Assert.Equal(1L, await account.Ask<long>("select count(*) from contacts.contact"));

        var first = all.Single(r => r.Ok).Value;
        var other = (await account.TryCreate(new CreateContact { FirstName = "Other", Fields = new() { ["number"] = "2" } })).Value;
        Assert.Equal("contact.field_taken", (await Edit(account, new EditContact { Id = other, Fields = new() { ["number"] = "AB-1" } })).Refusal?.Code);
        Assert.Null((await Edit(account, new EditContact { Id = first, Fields = new() { ["number"] = "3" } })).Refusal);
        Assert.Null((await Edit(account, new EditContact { Id = other, Fields = new() { ["number"] = "AB-1" } })).Refusal);
        await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [other] }, default));
        Assert.Null((await Edit(account, new EditContact { Id = first, Fields = new() { ["number"] = "ab-1" } })).Refusal);
        Assert.Equal("contact.field_taken", (await account.In(s => s.GetRequiredService<RestoreContactHandler>().Handle(new RestoreContact { Id = other }, default))).Refusal?.Code);
    }

    [Fact]
    public async Task A_field_becomes_unique_only_where_no_two_have_the_same()
    {
        var account = await app.NewAccount();
        var field = (await Keep(account, new KeepField { Label = "Number", Kind = "text", Privacy = "none" })).Value;
        await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["number"] = "12" } });
        var ben = (await account.TryCreate(new CreateContact { FirstName = "Ben", Fields = new() { ["number"] = "12" } })).Value;
        var refused = await Keep(account, new KeepField { Id = field, Label = "Number", Kind = "text", Privacy = "none", Unique = true });
        Assert.StartsWith("“12” stands in more than one", refused.Refusal?.Text, StringComparison.Ordinal);
        await Edit(account, new EditContact { Id = ben, Fields = new() { ["number"] = "13" } });
        Assert.Null((await Keep(account, new KeepField { Id = field, Label = "Number", Kind = "text", Privacy = "none", Unique = true })).Refusal);
        Assert.Equal("contact.field_taken", (await account.TryCreate(new CreateContact { FirstName = "Cleo", Fields = new() { ["number"] = "13" } })).Refusal?.Code);
    }

    [Fact]
    public async Task The_database_folds_unique_values_as_the_import_does()
    {
        var account = await app.NewAccount();
        await Keep(account, new KeepField { Label = "Number", Kind = "text", Privacy = "none", Unique = true });
        await account.TryCreate(new CreateContact { FirstName = "Ann", Email = "ann@example.com", Fields = new() { ["number"] = "STRASSE-1" } });
        var ended = await new ImportDesk(account).Import("E-Mail,No\nben@example.com,Straße-1\ncleo@example.com,2\ndan@example.com,2\nann@example.com,9\n", mapping: """{"E-Mail":"email","No":"field:number"}""");
        Assert.Equal([3, 1, 0, 0, 0], ended.Counts);
        Assert.Equal(2, ended["incomplete"]);
        Assert.Contains("another contact already has its “Number”", await new ImportDesk(account).Errors(ended), StringComparison.Ordinal);
        Assert.Equal(["2", "STRASSE-1"], (await account.List(new ListContacts { Limit = 50 })).Value.Items.Select(c => c.Fields.GetValueOrDefault("number", "")).Where(v => v.Length > 0).Order(StringComparer.Ordinal));
        Assert.Equal(2L, await account.Ask<long>("select count(*) from contacts.unique_value"));
    }

    [Fact]
    public async Task An_undone_import_gives_unique_values_back()
    {
        var account = await app.NewAccount();
        await Keep(account, new KeepField { Label = "Number", Kind = "text", Privacy = "none", Unique = true });
        var ann = (await account.TryCreate(new CreateContact { FirstName = "Ann", Email = "ann@example.com", Fields = new() { ["number"] = "1" } })).Value;
        var desk = new ImportDesk(account);
        var before = await desk.Fingerprint();
        var ended = await desk.Import("E-Mail,No\nann@example.com,2\nben@example.com,3\n", mapping: """{"E-Mail":"email","No":"field:number"}""", policy: "overwrite");
        Assert.Equal("2", (await account.Contact(ann))!.Fields["number"]);
        await desk.Undo(ended);
        Assert.Equal(before, await desk.Fingerprint());
        Assert.Equal("1", await account.Ask<string>("select string_agg(normal, ' ') from contacts.unique_value"));
    }

    [Fact]
    public async Task A_retired_field_keeps_its_values_and_a_deleted_one_says_how_many_go()
    {
        var account = await app.NewAccount();
        var field = (await Keep(account, new KeepField { Label = "Old number", Kind = "text", Privacy = "none" })).Value;
        var id = (await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["old_number"] = "7" } })).Value;
        await account.SignIn();
        var retired = await (await account.Browser.Get(account.Page($"settings/fields?field={field}"))).Submit("[name=_handler][value=retire-field]", new { });
        Assert.Contains("is retired. Its values are kept.", retired.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Old number", (await account.Browser.Get(account.Page("contacts/new"))).Text, StringComparison.Ordinal);
        Assert.Equal(["Ann"], await account.Names(new Condition("fields.old_number", "is", "7")));
        Assert.Equal("contact.field", (await Edit(account, new EditContact { Id = id, Fields = new() { ["old_number"] = "8" } })).Refusal?.Code);

        var panel = await account.Browser.Get(account.Page($"settings/fields?field={field}"));
        Assert.Contains("1 value goes with it.", panel.Text, StringComparison.Ordinal);
        var gone = await panel.Submit("#delete-field form", new { });
        Assert.Contains("is deleted, and 1 value with it.", gone.Text, StringComparison.Ordinal);
        Assert.Empty((await account.Contact(id))!.Fields);
    }

    [Fact]
    public async Task Fields_stand_in_the_order_they_are_put_in()
    {
        var account = await app.NewAccount();
        foreach (var label in (string[])["One", "Two", "Three"])
            await Keep(account, new KeepField { Label = label, Kind = "text", Privacy = "none" });
        await account.SignIn();
        var page = await account.Browser.Get(account.Page("settings/fields"));
        var three = page.Find("[aria-label='Move Three up']").GetAttribute("value");
        var moved = await page.Submit("[aria-label='Move Three up']", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Up"] = three });
        Assert.Equal(["One", "Three", "Two"], moved.All("td.main"));
        Assert.Equal(["One", "Three", "Two"], (await account.Api.GetJson("/api/v1/fields?entity=contact")).GetProperty("items").EnumerateArray().Select(f => f.GetProperty("label").GetString()));
    }

    [Fact]
    public async Task A_choice_that_somebody_has_stays_and_a_kind_never_changes()
    {
        var account = await app.NewAccount();
        var field = (await Keep(account, new KeepField { Label = "Plan", Kind = "choice", Privacy = "none", Choices = ["Gold", "Silver"] })).Value;
        await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["plan"] = "Gold" } });
        var used = await Keep(account, new KeepField { Id = field, Label = "Plan", Kind = "choice", Privacy = "none", Choices = ["Silver", "Bronze"] });
        Assert.Equal("“Gold” is chosen once. Change that first, or leave it among the choices.", used.Refusal?.Text);
        Assert.Null((await Keep(account, new KeepField { Id = field, Label = "Plan", Kind = "choice", Privacy = "none", Choices = ["Gold", "Bronze"] })).Refusal);
        Assert.Equal("field.kind", (await Keep(account, new KeepField { Id = field, Label = "Plan", Kind = "text", Privacy = "none" })).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_sensitive_leaves_a_list_only_when_asked_for_and_no_story_tells_it()
    {
        var account = await app.NewAccount();
        await Keep(account, new KeepField { Label = "Allergies", Kind = "text", Privacy = "sensitive" });
        var id = (await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["allergies"] = "Penicillin" } })).Value;
        await account.SignIn();
        var list = await account.Browser.Get(account.Page("contacts"));
        Assert.DoesNotContain("Penicillin", (await list.Submit("form[action$='/export']", new { })).Html, StringComparison.Ordinal);
        Assert.Contains("Penicillin", (await list.Submit("form[action$='/export']", new { Sensitive = "true" })).Html, StringComparison.Ordinal);
        await Edit(account, new EditContact { Id = id, Fields = new() { ["allergies"] = "Latex" } });
        var page = await account.Browser.Get(account.Page($"contacts/{id}"));
        Assert.Contains("Allergies changed", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Penicillin", page.Text, StringComparison.Ordinal);
    }

    private static Task<Result<Guid>> Keep(TestAccount account, KeepField command) =>
        account.In(s => s.GetRequiredService<KeepFieldHandler>().Handle(command, CancellationToken.None));

    private static Task<Result> Edit(TestAccount account, EditContact command) =>
        account.In(s => s.GetRequiredService<EditContactHandler>().Handle(command, CancellationToken.None));
}
