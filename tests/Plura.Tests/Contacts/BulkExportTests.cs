using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Tests.Privacy;

namespace Plura.Tests.Contacts;

/// <summary>A file of many contacts is written in the background, fetched when it is ready, and can be deleted.</summary>
public sealed class BulkExportTests(PluraApp app)
{
    [Fact]
    public async Task More_than_leave_at_once_are_written_in_the_background_and_fetched_from_there()
    {
        var account = await app.NewAccount();
        var many = ExportContactsHandler.AtOnce + 1;
        await new ImportDesk(account).Import("First Name,Email\n" + string.Concat(Enumerable.Range(0, many).Select(n => $"Person{n},person{n}@many.example\n")));
        var browser = await account.SignIn();
        var begun = await (await browser.Get(account.Page("contacts"))).Submit("form[action$='/contacts/export']", new { });
        Assert.Contains("Export to a file", begun.Text, StringComparison.Ordinal);
        Assert.Contains("At work", begun.Text, StringComparison.Ordinal);
        var file = begun.Url.PathAndQuery + "/file";
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(file)).Status);

        await account.Work();
        var ready = await browser.Get(begun.Url.PathAndQuery);
        Assert.Contains("Download the file", ready.Text, StringComparison.Ordinal);
        var lines = (await browser.Get(file)).Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("First name,Last name,Company,E-mail", lines[0], StringComparison.Ordinal);
        Assert.Equal(many, lines.Skip(1).Select(l => l.Split(',')[3]).Distinct().Count());
        Assert.Equal(many + 1, lines.Length);

        var deleted = await ready.Submit("form[action$='/undo']", new { });
        Assert.Contains("The file is being deleted.", deleted.Text, StringComparison.Ordinal);
        await account.Work();
        Assert.Contains("Deleted", (await browser.Get(begun.Url.PathAndQuery)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(file)).Status);
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.bulk_batch where before <> '{}'"));
        await account.Log(app);
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'contacts.export'"));
        Assert.Equal(1, await account.Ask<long>("select count(*) from privacy.audit_entry where act = 'contacts.read_export'"));
    }

    [Fact]
    public async Task A_program_gets_the_same_lines_as_a_person_and_what_is_sensitive_only_where_it_asks()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("shoe", CustomField.Text), app.Field("illness", CustomField.Text));
        await app.Do("update contacts.custom_field set privacy = $1 where key = 'illness' and tenant_id = $2", FieldPrivacy.Sensitive, account.Id);
        foreach (var name in (string[])["Ann", "Bob", "=Cleo"])
            Assert.True((await account.TryCreate(new CreateContact { FirstName = name, Tags = ["VIP"], Fields = new() { ["shoe"] = "42, wide", ["illness"] = "Hay fever" } })).Ok);
        await account.Create("Somebody else");
        foreach (var sensitive in (bool[])[false, true])
        {
            var begun = await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "export", filter = new { field = "tag", op = "is", value = "VIP" }, sensitive });
            var address = $"/api/v1/contacts/bulk/{begun.GetProperty("id").GetGuid()}";
            using (var early = await account.Api.Send(HttpMethod.Get, address + "/file"))
                Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
            await account.Work();
            using var file = await account.Api.Send(HttpMethod.Get, address + "/file");
            var text = await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var byHand = await account.In(async services =>
            {
                using var output = new MemoryStream();
                await services.GetRequiredService<ExportContactsHandler>().Write(new ListContacts { Filter = new Condition("tag", "is", "VIP") }, [], sensitive, output, default);
                return System.Text.Encoding.UTF8.GetString(output.ToArray()).TrimStart('\uFEFF');
            });
            Assert.Equal(byHand.Split("\r\n").Order(StringComparer.Ordinal), text.TrimStart('\uFEFF').Split("\r\n").Order(StringComparer.Ordinal));
            Assert.Equal(sensitive, text.Contains("Hay fever", StringComparison.Ordinal));
            Assert.Contains("'=Cleo", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task All_lines_of_a_file_have_the_columns_that_it_was_asked_for_with()
    {
        var account = await app.NewAccount();
        await account.Fields(app.Field("shoe", CustomField.Text), app.Field("hat", CustomField.Text));
        Assert.True((await account.TryCreate(new CreateContact { FirstName = "Ann", Fields = new() { ["shoe"] = "42", ["hat"] = "56" } })).Ok);
        var begun = await account.Api.PostJson("/api/v1/contacts/bulk", new { @do = "export", filter = new { field = "name", op = "not_empty" } });
        await account.Fields(app.Field("glove", CustomField.Text));
        await app.Do("delete from contacts.custom_field where key = 'hat' and tenant_id = $1", account.Id);
        await account.Work();
        await account.Fields(app.Field("scarf", CustomField.Text));
        using var file = await account.Api.Send(HttpMethod.Get, $"/api/v1/contacts/bulk/{begun.GetProperty("id").GetGuid()}/file");
        var lines = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(",Id,hat,shoe", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(",,42", lines[1], StringComparison.Ordinal);
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
    }

    [Fact]
    public async Task A_file_ends_after_three_days_and_is_its_askers_where_sight_is_narrowed()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        await account.Create("Ann");
        var started = (await account.In(s => s.GetRequiredService<StartBulkActionHandler>().Handle(new StartBulkAction { Do = "export", Filter = ContactFilter.Everyone }, default))).Value;
        await account.Work();
        var narrow = await account.Colleague(own, sight: Sights.Mine);
        Assert.Equal(HttpStatusCode.NotFound, (await narrow.Browser.Get(account.Page($"contacts/bulk/{started.Id}"))).Status);
        Assert.Equal(1, await account.Ask<long>("select count(*) from contacts.bulk_batch where before <> '{}'"));
        own.Clock.Advance(ForgetBulkAction.FileAfter);
        await account.Work();
        Assert.Equal(0, await account.Ask<long>("select count(*) from contacts.bulk_batch"));
    }
}
