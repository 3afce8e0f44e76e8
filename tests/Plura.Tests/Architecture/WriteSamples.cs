using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plura.Platform;
using Plura.Tests.Campaigns;
using Plura.Tests.Contacts;
using Plura.Tests.Sites;

namespace Plura.Tests.Architecture;

/// <summary>
/// One sample for every route and every page form that changes something in an account: it prepares what the change needs and answers the
/// change itself, which must leave exactly one entry in the audit log. A new route or form is one line here: its method and pattern (or its
/// page and form name), and how it is done. Where there is nothing to do, say in <see cref="Reasons"/> why.
/// </summary>
internal sealed partial class WriteSamples(PluraApp app, TestAccount account)
{
    private int number;

    /// <summary>By method and pattern, or page and form: prepares, and answers the change.</summary>
    public Dictionary<string, Func<Task<Func<Task>>>> All => new(Usual.Concat(OfOpportunities).Concat(OfLists).Concat(OfMerges).Concat(OfFieldFiles).Concat(OfConversations).Concat(OfDomains).Concat(OfAutomations), StringComparer.Ordinal);

    private Dictionary<string, Func<Task<Func<Task>>>> Usual => new(StringComparer.Ordinal)
    {
        ["POST /api/v1/contacts"] = () => Now(() => Api("POST", "contacts", new { firstName = "New" })),
        ["PATCH /api/v1/contacts/{id:guid}"] = async () => Do(await Ann(), id => Api("PATCH", $"contacts/{id}", new { lastName = "Ames" })),
        ["DELETE /api/v1/contacts/{id:guid}"] = async () => Do(await Ann(), id => Api("DELETE", $"contacts/{id}")),
        ["POST /api/v1/contacts/{id:guid}/restore"] = async () => Do(await Deleted(), id => Api("POST", $"contacts/{id}/restore")),
        ["POST /api/v1/contacts/{id:guid}/tags"] = async () => Do(await Ann(), id => Api("POST", $"contacts/{id}/tags", new { tags = new[] { "New tag" } })),
        ["DELETE /api/v1/contacts/{id:guid}/tags"] = async () => Do(await Ann("VIP"), id => Api("DELETE", $"contacts/{id}/tags", new { tags = new[] { "VIP" } })),
        ["POST /api/v1/contacts/{id:guid}/notes"] = async () => Do(await Ann(), id => Api("POST", $"contacts/{id}/notes", new { text = "Likes tea" })),
        ["PATCH /api/v1/notes/{id:guid}"] = async () => Do(await Note(), id => Api("PATCH", $"notes/{id}", new { text = "Likes coffee" })),
        ["DELETE /api/v1/notes/{id:guid}"] = async () => Do(await Note(), id => Api("DELETE", $"notes/{id}")),
        ["POST /api/v1/notes/{id:guid}/restore"] = async () => Do(await Note(deleted: true), id => Api("POST", $"notes/{id}/restore")),
        ["POST /a/{account}/notes/{id:guid}/restore"] = async () => Do(await Note(deleted: true), id => Post($"notes/{id}/restore")),
        ["POST /api/v1/contacts/{id:guid}/files"] = async () => Do(await Ann(), async id => (await AttachmentTests.Post(account, id, "scan.pdf", [1, 2, 3])).Dispose()),
        ["DELETE /api/v1/files/{id:guid}"] = async () => Do(await File(), id => Api("DELETE", $"files/{id}")),
        ["POST /api/v1/files/{id:guid}/restore"] = async () => Do(await File(removed: true), id => Api("POST", $"files/{id}/restore")),
        ["POST /a/{account}/files/{id:guid}/restore"] = async () => Do(await File(removed: true), id => Post($"files/{id}/restore")),
        ["POST /api/v1/tasks"] = () => Now(() => Api("POST", "tasks", new { title = "Call" })),
        ["PATCH /api/v1/tasks/{id:guid}"] = async () => Do(await ATask(), id => Api("PATCH", $"tasks/{id}", new { title = "Call back" })),
        ["DELETE /api/v1/tasks/{id:guid}"] = async () => Do(await ATask(), id => Api("DELETE", $"tasks/{id}")),
        ["POST /api/v1/tasks/{id:guid}/complete"] = async () => Do(await ATask(), id => Api("POST", $"tasks/{id}/complete")),
        ["POST /api/v1/tasks/{id:guid}/reopen"] = async () => Do(await ATask("complete"), id => Api("POST", $"tasks/{id}/reopen")),
        ["POST /api/v1/tasks/{id:guid}/restore"] = async () => Do(await ATask("delete"), id => Api("POST", $"tasks/{id}/restore")),
        ["POST /a/{account}/tasks/{id:guid}/complete"] = async () => Do(await ATask(), id => Post($"tasks/{id}/complete")),
        ["POST /a/{account}/tasks/{id:guid}/reopen"] = async () => Do(await ATask("complete"), id => Post($"tasks/{id}/reopen")),
        ["POST /a/{account}/tasks/{id:guid}/restore"] = async () => Do(await ATask("delete"), id => Post($"tasks/{id}/restore")),
        ["TasksPage quick"] = () => Form("tasks", ".task-quick", new { Title = "Order gloves" }),
        ["TasksPage task"] = () => Form("tasks?task=new", ".side-panel form", new { Title = "Order masks" }),
        ["TasksPage delete-task"] = async () => await Form($"tasks?task={await ATask()}", "[name=_handler][value=delete-task]", new { }),
        ["ShowContactPage task"] = async () => await Form($"contacts/{await Ann()}?task=new", ".side-panel form", new { Title = "Call" }),
        ["ShowContactPage delete-task"] = async () => await Form($"contacts/{await Ann()}?task={await ATask()}", "[name=_handler][value=delete-task]", new { }),
        ["ShowContactPage add-note"] = async () => await Form($"contacts/{await Ann()}", "[name=_handler][value=add-note]", new { Text = "Likes tea" }),
        ["ShowContactPage edit-note"] = async () => { var (contact, note) = await NoteOn(); return await Form($"contacts/{contact}?note={note}", "[name=_handler][value=edit-note]", new { Text = "Likes coffee" }); },
        ["ShowContactPage delete-note"] = async () => { var (contact, note) = await NoteOn(); return await Form($"contacts/{contact}?note={note}", "[name=_handler][value=delete-note]", new { }); },
        ["ShowContactPage attach"] = async () => await Form($"contacts/{await Ann()}", "[name=_handler][value=attach]", new { File = new UploadedFile("plan.pdf", [1, 2, 3], "application/pdf") }),
        ["ShowContactPage remove-file"] = async () => { var file = await File(); return await Form($"contacts/{await account.Ask<Guid>("select contact_id from contacts.attachment where id = $1", file)}", "[name=_handler][value=remove-file]", new { File = file.ToString() }); },
        ["POST /api/v1/contacts/{id:guid}/followers"] = async () => Do(await Ann(), id => Api("POST", $"contacts/{id}/followers", new { user = account.OwnerId })),
        ["DELETE /api/v1/contacts/{id:guid}/followers/{user:guid}"] = async () => Do(await Followed(), id => Api("DELETE", $"contacts/{id}/followers/{account.OwnerId}")),
        ["POST /api/v1/companies"] = () => Now(() => Api("POST", "companies", new { name = $"Bakery {++number}" })),
        ["PATCH /api/v1/companies/{id:guid}"] = async () => Do(await Company(), id => Api("PATCH", $"companies/{id}", new { city = "Portland" })),
        ["DELETE /api/v1/companies/{id:guid}"] = async () => Do(await Company(), id => Api("DELETE", $"companies/{id}")),
        ["POST /api/v1/companies/{id:guid}/restore"] = async () => Do(await DeletedCompany(), id => Api("POST", $"companies/{id}/restore")),
        ["POST /api/v1/fields"] = () => Now(() => Api("POST", "fields", new { label = $"Size {++number}", kind = "number", privacy = "none" })),
        ["PUT /api/v1/fields/{id:guid}"] = async () => Do(await Field(), id => Api("PUT", $"fields/{id}", new { label = $"Size {++number}", kind = "number", privacy = "personal" })),
        ["POST /api/v1/fields/{id:guid}/retire"] = async () => Do(await Field(), id => Api("POST", $"fields/{id}/retire", new { })),
        ["DELETE /api/v1/fields/{id:guid}"] = async () => Do(await Field(), id => Api("DELETE", $"fields/{id}")),
        ["POST /api/v1/contacts/bulk"] = async () => Do(await Ann(), id => Api("POST", "contacts/bulk", new { @do = "tag", tag = "Many", ids = (Guid[])[id] })),
        ["POST /api/v1/contacts/bulk/{id:guid}/undo"] = async () => Do(await Bulk(), id => Api("POST", $"contacts/bulk/{id}/undo")),
        ["POST /a/{account}/contacts/bulk/{id:guid}/undo"] = async () => Do(await Bulk(), id => Post($"contacts/bulk/{id}/undo")),
        ["BulkActionPage confirm-bulk"] = async () => await Form($"contacts/bulk/{await Bulk(ask: true)}", "[name=_handler][value=confirm-bulk]", new { }),
        ["BulkActionPage go-on"] = async () => { var id = await Bulk(); await app.Do("update contacts.bulk_action set state = 'failed', failure = 'It stopped.' where id = $1", id); return await Form($"contacts/bulk/{id}", "[name=_handler][value=go-on]", new { }); },
        ["POST /api/v1/imports"] = () => Now(() => Import()),
        ["POST /api/v1/imports/{id:guid}/undo"] = async () => Do(await Imported(), id => Api("POST", $"imports/{id}/undo")),
        ["POST /api/v1/campaigns"] = () => Now(() => account.Letter()),
        ["PUT /api/v1/campaigns/{id:guid}"] = async () => Do(await account.Letter(), id => Api("PUT", $"campaigns/{id}", new { name = "Summer", subject = "Sun", html = "<p>Hi</p>", audience = new { all = true }, version = 1 })),
        ["DELETE /api/v1/campaigns/{id:guid}"] = async () => Do(await account.Letter(), id => Api("DELETE", $"campaigns/{id}")),
        ["POST /api/v1/campaigns/{id:guid}/duplicate"] = async () => Do(await account.Letter(), id => Api("POST", $"campaigns/{id}/duplicate")),
        ["POST /api/v1/campaigns/{id:guid}/send"] = async () => Do(await account.Letter(), id => Api("POST", $"campaigns/{id}/send", new { })),
        ["POST /api/v1/campaigns/{id:guid}/unschedule"] = async () => Do(await Scheduled(), id => Api("POST", $"campaigns/{id}/unschedule")),
        ["POST /api/v1/campaigns/{id:guid}/pause"] = async () => Do(await Sending(), id => Api("POST", $"campaigns/{id}/pause")),
        ["POST /api/v1/campaigns/{id:guid}/cancel"] = async () => Do(await Sending(), id => Api("POST", $"campaigns/{id}/cancel")),
        ["POST /api/v1/campaigns/{id:guid}/resume"] = async () => Do(await Paused(), id => Api("POST", $"campaigns/{id}/resume")),
        ["POST /api/v1/campaigns/{id:guid}/unknown"] = async () => Do(await Unknown(), id => Api("POST", $"campaigns/{id}/unknown", new { resend = false })),
        ["POST /api/v1/pipelines"] = () => Now(() => Api("POST", "pipelines", new { name = "Other", stages = new[] { new { name = "New" } } })),
        ["PUT /api/v1/pipelines/{id:guid}"] = async () => Do((await Pipeline()).Pipeline, id => Api("PUT", $"pipelines/{id}", new { name = $"Named {++number}", version = 1, stages = new[] { new { name = "New" } } })),
        ["DELETE /api/v1/pipelines/{id:guid}"] = async () => Do((await Pipeline()).Pipeline, id => Api("DELETE", $"pipelines/{id}")),
        ["PipelinePage delete-pipeline"] = async () => await Form($"settings/pipelines/{(await Pipeline()).Pipeline}", "#delete-pipeline form", new { }),
        ["POST /a/{account}/campaigns/autosave"] = async () => await Compose("campaigns/new", "campaigns/autosave"),
        ["POST /a/{account}/campaigns/{id:guid}/autosave"] = async () => Do(await account.Letter(), async id => await (await Compose($"campaigns/{id}/edit", $"campaigns/{id}/autosave"))()),
        ["POST /a/{account}/campaigns/test"] = async () => Do(await account.Letter(), async id => await (await Compose($"campaigns/{id}/edit", "campaigns/test"))()),
        ["POST /a/{account}/contacts/export"] = () => Form("contacts", "form[action$='/contacts/export']", new { }),
        ["POST /a/{account}/notices/{id:guid}/read"] = async () => { await Notice(); return await Form("", "form[action*='/notices/']", new { }); },
        ["POST /a/{account}/settings/activity/export"] = () => Form("settings/activity", "form[action$='activity/export']", new { }),
        ["POST /a/{account}/settings/export"] = () => Form("settings/take-out", "form[action$='/settings/export']", new { }),
        ["POST /u/{token}"] = async () => await Letter("u", new { confirm = "yes" }),
        ["POST /p/{token}"] = async () => await Letter("p", new { confirm = "yes", everything = "no" }),
        ["POST /f/{form}"] = async () => { var form = await account.Form(doubleOptIn: false); return () => app.FillIn(form, $"nora{++number}@visitors.example", tick: true); },

        ["CreateContactPage contact"] = () => Form("contacts/new", "[name='Command.FirstName']", new { FirstName = "By hand" }),
        ["ShowContactPage add-tag"] = async () => await Form($"contacts/{await Ann()}", "[name=NewTag]", new { NewTag = "Friend" }),
        ["ShowContactPage remove-tag"] = async () => await Form($"contacts/{await Ann("VIP")}", "[name=_handler][value=remove-tag]", new { Tag = "VIP" }),
        ["ShowContactPage delete-contact"] = async () => await Form($"contacts/{await Ann()}", "#delete-contact form", new { }),
        ["ShowContactPage edit"] = async () => await Form($"contacts/{await Ann()}?edit=1", "[name='Command.FirstName']", new { LastName = "Ames" }),
        ["ShowContactPage consent"] = async () => await Form($"contacts/{await Ann()}?consent=1", "[name='Command.Source']", new { Answer = "stop", Source = "By phone", Date = "2026-11-01" }),
        ["ContactsPage selected"] = async () => Do(await Ann(), async id => await (await Form("contacts", ".contact-list", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Ids"] = (string[])[id.ToString()], ["NewTag"] = "Chosen", ["Do"] = "tag" }))()),
        ["BinPage restore"] = async () => Do(await Deleted(), async id => await (await Form("contacts/bin", "[name=_handler][value=restore]", new { Id = id.ToString() }))()),
        ["ImportContactsPage upload"] = () => Form("contacts/import", "input[type=file]", new { File = new UploadedFile("more.csv", Encoding.UTF8.GetBytes("E-Mail,First\nzoe@example.com,Zoe\n")) }),
        ["ImportPage columns"] = Columns,
        ["ImportPage undo"] = async () => await Form($"contacts/import/{await Imported()}", "#undo form", new { }),
        ["CampaignPage copy"] = async () => await Form($"campaigns/{await Sending()}", "[name=_handler][value=copy]", new { }),
        ["EditCampaignPage delete"] = async () => await Form($"campaigns/{await account.Letter()}/edit", "#delete form", new { }),
        ["BuildFormPage build"] = () => Form("sites/forms/new", "[name=_handler][value=build]", new { }),
        ["BuildFormPage close"] = async () => await Form($"sites/forms/{(await account.Form(doubleOptIn: false)).Id}", "[name=_handler][value=close]", new { }),
        ["TokensPage create-token"] = () => Form("settings/tokens", "[name='Command.Name']", new { Name = "Website", Scopes = "contacts.read" }),
        ["TokensPage rotate"] = async () => { await account.Token(app, "contacts.read", account.OwnerId); return await Form("settings/tokens", "[id^='rotate-'] form", new { }); },
        ["TokensPage end-old"] = async () => { await account.Token(app, "contacts.read", account.OwnerId); await (await Form("settings/tokens", "[id^='rotate-'] form", new { }))(); return await Form("settings/tokens", "[id^='end-old-'] form", new { }); },
        ["TokensPage revoke"] = () => Form("settings/tokens", "[id^='revoke-'] form", new { }),
        ["ConnectedAppsPage disconnect"] = async () => { await (await TestOAuthApp.Of(app, account)).Let(account); return await Form("settings/apps", "[id^='disconnect-'] form", new { }); },
        ["LimitFrequencyPage frequency"] = () => Form("settings/frequency", "[name='Command.Messages']", new { Messages = "3", Days = "7" }),
        ["TellApartPage tell-apart"] = () => Form("settings/contacts", "[name='Command.AllowDuplicates']", new { AllowDuplicates = true }),
        ["SnapshotsPage save-snapshot"] = () => Form("settings/snapshots", "[name='Command.Name']", new { Name = "As it is" }),
        ["SnapshotsPage upload-snapshot"] = () => Form("settings/snapshots", "form[enctype]", new { File = new UploadedFile("set-up.json", Encoding.UTF8.GetBytes("{\"format\":\"pluraos-set-up\",\"version\":1,\"parts\":{}}"), "application/json") }),
        ["SnapshotPage delete-snapshot"] = async () => await Form($"settings/snapshots/{await Snapshot()}", "#delete-snapshot form", new { }),
        ["PeoplePage invite"] = () => Form("settings/people?invite=1", ".side-panel form", new { Emails = $"guest{++number}@people.example", Role = "member" }),
        ["PeoplePage withdraw"] = async () => { await (await Form("settings/people?invite=1", ".side-panel form", new { Emails = $"guest{++number}@people.example", Role = "member" }))(); return await Form("settings/people", "[id^='withdraw-'] form", new { }); },
        ["PeoplePage person"] = async () => { var kim = await account.Colleague(app); return await Form($"settings/people?person={kim.Id}", ".side-panel form", new { Role = "admin" }); },
        ["RolesPage role"] = () => Form("settings/roles?role=new", ".side-panel form", new { Name = $"Role {++number}" }),
        ["RolesPage delete"] = async () => await Form($"settings/roles?role={await Role()}", "[name=_handler][value^=delete]", new { }),
        ["TeamsPage delete-team"] = async () => await Form($"settings/teams?team={await Team()}", "[name=_handler][value=delete-team]", new { }),
        ["TeamsPage team"] = () => Form("settings/teams?team=new", ".side-panel form", new { Name = $"Team {++number}" }),
        ["SupportPage grant-support"] = () => Form("settings/support", "[name=_handler][value=grant-support]", new { Reason = "Help with a letter" }),
        ["UnclearPage one"] = async () => { await Unknown(); return await Form("unclear", "[name=_handler][value^=one]", new Dictionary<string, object?>(StringComparer.Ordinal) { ["resend"] = "false" }); },
        ["StoppedPage answer-stop"] = async () => { await Stopped(); return await Form("stopped", "textarea[name='Command.Text']", new { Text = "From our counter" }); },
        ["ShowContactPage assign"] = async () => await Form($"contacts/{await Ann()}", "[name=_handler][value=assign]", new { Assignee = account.OwnerId.ToString() }),
        ["ShowContactPage follow"] = async () => await Form($"contacts/{await Ann()}", "[name=_handler][value=follow]", new { Follower = account.OwnerId.ToString() }),
        ["ShowContactPage unfollow"] = async () => await Form($"contacts/{await Followed()}", "[name=_handler][value=unfollow]", new { Unfollow = account.OwnerId.ToString() }),
        ["CreateCompanyPage company"] = () => Form("companies/new", "[name='Command.Name']", new { Name = $"Bakery {++number}" }),
        ["ShowCompanyPage edit-company"] = async () => await Form($"companies/{await Company()}?edit=1", "[name='Command.Name']", new { City = "Portland" }),
        ["ShowCompanyPage delete-company"] = async () => await Form($"companies/{await Company()}", "#delete-company form", new { }),
        ["CompanyBinPage restore-company"] = async () => Do(await DeletedCompany(), async id => await (await Form("companies/bin", "[name=_handler][value=restore-company]", new { Id = id.ToString() }))()),
        ["FieldsPage field"] = () => Form("settings/fields?field=new", ".side-panel [name='Command.Label']", new { Label = $"Size {++number}", Kind = "number", Privacy = "none" }),
        ["FieldsPage move-field"] = async () => { await Field(); return Do(await Field(), async id => await (await Form("settings/fields", "[name=_handler][value=move-field]", new { Up = id.ToString() }))()); },
        ["FieldsPage retire-field"] = async () => await Form($"settings/fields?field={await Field()}", "[name=_handler][value=retire-field]", new { }),
        ["FieldsPage delete-field"] = async () => await Form($"settings/fields?field={await Field()}", "#delete-field form", new { }),
        ["SettingsPage business"] = () => Form("settings", "[name='Command.Name']", new { Name = "Corner Bakery and Café" }),
    };

    private static Task<Func<Task>> Now(Func<Task> write) => Task.FromResult(write);

    private static Func<Task> Do(Guid id, Func<Guid, Task> write) => () => write(id);

    private async Task<HttpResponseMessage> Api(string method, string path, object? body = null)
    {
        var answer = await account.Api.Send(HttpMethod.Parse(method), $"/api/v1/{path}", body is null ? null : JsonContent.Create(body), follow: false, accept: "application/json");
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return answer;
    }

    private async Task<Func<Task>> Form(string page, string form, object fields)
    {
        var open = await account.Browser.Get(account.Page(page));
        return async () =>
        {
            var answer = await open.Submit(form, fields);
            Assert.True((int)answer.Status < 400, $"{page}: {(int)answer.Status} {answer.Text}");
        };
    }

    private async Task<Func<Task>> Columns()
    {
        var upload = await account.Browser.Get(account.Page("contacts/import"));
        var columns = await upload.Submit("form[enctype]", new { File = new UploadedFile("yet.csv", Encoding.UTF8.GetBytes("E-Mail,First\nyara@example.com,Yara\n")) });
        return () => columns.Submit("[name=_handler][value=columns]", new { });
    }

    /// <summary>The composer's form, sent to another address as its script does.</summary>
    private async Task<Func<Task>> Compose(string page, string to)
    {
        var open = await account.Browser.Get(account.Page(page));
        var values = new FilledForm((AngleSharp.Html.Dom.IHtmlFormElement)open.Find("[name=_handler][value=compose]").Closest("form")!, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Name"] = "By itself", ["Subject"] = "Hello" }, null);
        return async () =>
        {
            using var answer = await account.Browser.Send(HttpMethod.Post, account.Page(to), values.Content(), follow: false);
            Assert.True(answer.IsSuccessStatusCode, $"{to}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        };
    }

    private async Task<Func<Task>> Letter(string kind, object fields)
    {
        await Ann();
        var sent = await account.Letter(subject: $"Letter {++number}");
        await account.Send(sent);
        await account.Settle(app);
        var link = await LivedIn.Mailed(app, $"ann{number - 1}@people.example", new System.Text.RegularExpressions.Regex($"/{kind}/[A-Za-z0-9_-]{{68}}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        return async () =>
        {
            using var content = new FormUrlEncodedContent(fields.GetType().GetProperties().Select(p => KeyValuePair.Create(p.Name, (string)p.GetValue(fields)!)));
            (await app.NewBrowser().Send(HttpMethod.Post, link, content, follow: false)).Dispose();
        };
    }

    private async Task<Guid> Snapshot()
    {
        var page = await account.Browser.Get(account.Page("settings/snapshots"));
        return Guid.Parse((await page.Submit("[name='Command.Name']", new { Name = $"Kept {++number}" })).Url.AbsolutePath.Split('/')[^1]);
    }

    /// <summary>Marked as held for the page, but not for the gate: the other samples' letters go on.</summary>
    private Task<int> Stopped() => app.Do("insert into accounts.account_stop (id, account_id, kind, codes, reason, at, version) values (gen_random_uuid(), $1, 'held', 'bounces', 'Many came back', $2, 1) on conflict do nothing", account.Id, app.Clock.GetUtcNow());

    private Task<Guid> Ann(string? tag = null) => account.Person($"Ann{++number}", tag: tag);

    private async Task<Guid> Deleted()
    {
        var id = await Ann();
        (await Api("DELETE", $"contacts/{id}")).Dispose();
        return id;
    }

    private async Task<Guid> Import() => (await new ImportDesk(account).Send(Encoding.UTF8.GetBytes($"E-Mail\nlist{++number}@example.com\n"))).Body.GetProperty("id").GetGuid();

    private async Task<Guid> Imported()
    {
        var id = await Import();
        await account.Work();
        return id;
    }

    private async Task<Guid> Scheduled()
    {
        var id = await account.Letter();
        await account.Send(id, "2027-01-01T09:00:00Z");
        return id;
    }

    /// <summary>Planned, and nobody hands it off.</summary>
    private async Task<Guid> Sending()
    {
        await Ann();
        var id = await account.Letter();
        await account.Send(id);
        await account.Work();
        return id;
    }

    private async Task<Guid> Paused()
    {
        var id = await Sending();
        (await Api("POST", $"campaigns/{id}/pause")).Dispose();
        return id;
    }

    private async Task<Guid> Unknown()
    {
        var id = await Sending();
        await app.Do("update messaging.send set state = 'unknown' where tenant_id = $1 and origin_id = $2 and id = (select min(id::text)::uuid from messaging.send where tenant_id = $1 and origin_id = $2)", account.Id, id);
        return id;
    }

    private async Task<Guid> Role() => (await account.In(services => services.GetRequiredService<Plura.Accounts.KeepRoleHandler>().Handle(new Plura.Accounts.KeepRole { Name = $"Role {++number}", Permissions = ["contacts.read"] }, default))).Value;

    private async Task<Guid> Team() => (await account.In(services => services.GetRequiredService<Plura.Accounts.KeepTeamHandler>().Handle(new Plura.Accounts.KeepTeam { Name = $"Team {++number}", Members = [account.OwnerId] }, default))).Value;

    private Task Notice() => account.In(async services =>
    {
        services.GetRequiredService<INotices>().Post("import_done", "Your import is finished.", null);
        await services.GetRequiredService<PluraDb>().SaveChangesAsync();
    });
}
