using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts;
using Plura.Accounts.Data;
using Plura.Contacts;
using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Tests.Architecture;
using Plura.Tests.Automations;

namespace Plura.Tests.Contacts;

public sealed class AssignedTests(PluraApp app)
{
    [Fact]
    public async Task Whoever_sees_only_their_own_finds_nothing_else_by_any_way()
    {
        var (account, cora, mina, theo) = await Divided(app, Membership.Admin, Sights.Mine);
        var list = await cora.Browser.Get(account.Page("contacts"));
        Assert.Contains("Mina", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Theo", list.Html, StringComparison.Ordinal);
        Assert.Contains("1 contact on this page", list.Text, StringComparison.Ordinal);
        Assert.Contains("Nobody fits", (await cora.Browser.Get(account.Page("contacts?q=theo"))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get(account.Page($"contacts/{mina}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page($"contacts/{theo}"))).Status);
        var today = await cora.Browser.Get(account.Page(""));
        Assert.DoesNotContain("2", today.All(".figure, .figures").FirstOrDefault() ?? "", StringComparison.Ordinal);
        var file = await list.Submit("form[action$='/export']", new { });
        Assert.Contains("mina@people.example", file.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("theo@people.example", file.Html, StringComparison.Ordinal);
        foreach (var whole in (string[])["contacts/bin", "contacts/import", "campaigns", "settings/people"])
            Assert.Equal(HttpStatusCode.Forbidden, (await cora.Browser.Get(account.Page(whole))).Status);
        Assert.DoesNotContain("Campaigns", list.All("nav a"));
    }

    [Fact]
    public async Task Whoever_sees_only_their_own_takes_nobody_else_into_an_automation_or_out_of_it()
    {
        var (account, cora, mina, theo) = await Divided(app, Membership.Admin, Sights.Mine);
        var automation = await account.Automation(AutomationDesk.When("tag_added", await account.Tag("Never"), AutomationDesk.Step("wait", new { amount = "3", unit = "days" })));
        await account.Api.PostJson($"/api/v1/automations/{automation}/contacts", new { contactIds = new[] { mina } });
        await Posts("automations/enrol", ("Contact", theo.ToString()), ("Automation", automation.ToString()));
        Assert.Equal(1, await account.Count(automation, "going"));
        // Theo is in it by somebody else's hand: his way is not Cora's either.
        await account.Api.PostJson($"/api/v1/automations/{automation}/contacts", new { contactIds = new[] { theo } });
        Assert.Equal(HttpStatusCode.NotFound, await Posts($"automations/runs/{await Run(theo)}/release"));
        await app.Do("update automations.run set awaits = 'approval' where automation_id = $1", automation);
        Assert.Equal(HttpStatusCode.NotFound, await Posts($"automations/runs/{await Run(theo)}/answer", ("Yes", "true")));
        Assert.Equal(2, await account.Count(automation, "going"));
        // Of her own contact it is hers to say.
        Assert.Equal(HttpStatusCode.OK, await Posts($"automations/runs/{await Run(mina)}/release"));
        Assert.Equal(1, await account.Count(automation, "going"));

        // As somebody might who writes the form themselves.
        async Task<HttpStatusCode> Posts(string path, params (string Name, string Value)[] fields)
        {
            var page = await cora.Browser.Get(account.Page($"contacts/{mina}"));
            var form = page.Find("form.tag-add");
            form.SetAttribute("action", account.Page(path));
            form.InnerHtml += string.Concat(fields.Select(f => $"<input type=hidden name={f.Name} value={f.Value}>"));
            return (await page.Submit("form.tag-add", new { })).Status;
        }

        Task<Guid> Run(Guid contact) => account.Ask<Guid>("select id from automations.run where contact_id = $1", contact);
    }

    [Fact]
    public async Task A_team_sees_what_is_assigned_to_any_of_it()
    {
        var (account, cora, _, theo) = await Divided(app, Membership.Member, Sights.Team);
        Assert.Equal(HttpStatusCode.NotFound, (await cora.Browser.Get(account.Page($"contacts/{theo}"))).Status);
        var dora = await account.Colleague(app, name: "Dora Deputy");
        await account.In(s => s.GetRequiredService<KeepTeamHandler>().Handle(new KeepTeam { Name = "Front desk", Members = [cora.Id, dora.Id] }, default));
        await Assign(account, theo, dora.Id);
        Assert.Equal(HttpStatusCode.OK, (await cora.Browser.Get(account.Page($"contacts/{theo}"))).Status);
    }

    [Fact]
    public async Task What_they_add_is_theirs_and_an_address_of_somebody_elses_contact_is_refused_without_its_name()
    {
        var (account, cora, _, _) = await Divided(app, Membership.Member, Sights.Mine);
        var made = await (await cora.Browser.Get(account.Page("contacts/new"))).Submit("main form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.FirstName"] = "Nora" });
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Contains("Nora", made.Text, StringComparison.Ordinal);
        Assert.Equal(cora.Id, await account.Ask<Guid>("select assignee_id from contacts.contact where first_name = 'Nora'"));
        var refused = await (await cora.Browser.Get(account.Page("contacts/new"))).Submit("main form", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Command.Email"] = "theo@people.example" });
        Assert.Contains("Somebody else in your business looks after the contact with this address.", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Theo", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_cannot_give_away_what_they_would_then_not_see()
    {
        var (account, cora, mina, _) = await Divided(app, Membership.Member, Sights.Mine);
        var page = await cora.Browser.Get(account.Page($"contacts/{mina}"));
        Assert.DoesNotContain("Olivia Owner", page.All("select[name=Assignee] option"));
        var refused = await page.Submit("select[name=Assignee]", new { Assignee = account.OwnerId.ToString() });
        Assert.Contains("You would no longer see this contact.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(cora.Id, (await account.Contact(mina))!.Assignee);
    }

    [Fact]
    public async Task The_owner_assigns_on_the_contacts_page_and_many_on_the_list()
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app);
        var (ann, ben) = (await account.Create("Ann"), await account.Create("Ben"));
        var owner = await account.SignIn();
        var page = await (await owner.Get(account.Page($"contacts/{ann}"))).Submit("select[name=Assignee]", new { Assignee = cora.Id.ToString() });
        Assert.Contains("Olivia Owner assigned this contact to Cora Colleague", page.Text, StringComparison.Ordinal);
        var list = await (await owner.Get(account.Page("contacts?assigned=none"))).Submit("form.contact-list", new { Ids = (string[])[ben.ToString()], Assignee = cora.Id.ToString() }, "Assign");
        Assert.Contains("1 contact assigned.", list.Text, StringComparison.Ordinal);
        Assert.Equal(cora.Id, (await account.Contact(ben))!.Assignee);
        Assert.Contains("Ann", (await cora.Browser.Get(account.Page("contacts?assigned=me"))).Text, StringComparison.Ordinal);
        Assert.Contains("Nobody fits", (await owner.Get(account.Page("contacts?assigned=me"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_assigns_and_finds_by_assignee()
    {
        var account = await app.NewAccount();
        var id = (await account.Api.PostJson("/api/v1/contacts", new { firstName = "Ann", assignee = account.OwnerId })).GetProperty("id").GetGuid();
        Assert.Equal(account.OwnerId, (await account.Api.GetJson($"/api/v1/contacts/{id}")).GetProperty("assignee").GetGuid());
        Assert.Equal(["Ann"], await account.Names(new Condition("assignee", "is", account.OwnerId.ToString())));
        Assert.Empty(await account.Names(new Condition("assignee", "is", "none")));
        using (var emptied = await account.Api.Send(HttpMethod.Patch, $"/api/v1/contacts/{id}", System.Net.Http.Json.JsonContent.Create(new { assignee = "none" }), follow: false))
            Assert.Equal(HttpStatusCode.OK, emptied.StatusCode);
        Assert.Equal(["Ann"], await account.Names(new Condition("assignee", "empty", (IReadOnlyList<string>)[])));
        Assert.Equal("filter.invalid", (await account.List(new ListContacts { Filter = new Condition("assignee", "is", "me") })).Refusal?.Code);
        using var stranger = await account.Api.Post("/api/v1/contacts", new { firstName = "Ben", assignee = Guid.CreateVersion7(app.Clock.GetUtcNow()) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stranger.StatusCode);
    }

    [Fact]
    public async Task PostgreSQL_itself_narrows_the_contact_and_what_hangs_on_it()
    {
        var (account, cora, mina, theo) = await Divided(app, Membership.Member, Sights.Mine);
        await account.In(s => s.GetRequiredService<DeleteContactHandler>().Handle(new DeleteContact { Ids = [theo] }, default));
        theo = await account.Create("Theo", email: "theo@people.example", tags: "VIP");
        await using var open = await app.OpenApp();
        await using (var enter = TenantConnections.Set(open, account.Id, [cora.Id]))
            await enter.ExecuteNonQueryAsync();
        Assert.Equal(mina, await open.Ask<Guid>("select id from contacts.contact"));
        foreach (var table in (string[])["contact_point", "contact_tag", "contact_change"])
            Assert.Equal(0L, await open.Ask<long>($"select count(*) from contacts.{table} where contact_id <> $1", mina));
        Assert.Equal(1L, await open.Ask<long>("select count(*) from contacts.contact_point"));
        Assert.Equal(0L, await open.Ask<long>("select count(*) from contacts.bin"));
        Assert.Equal(0L, await open.Ask<long>("select count(*) from contacts.search_contact(array['theo'], 10)"));
        Assert.Equal(0, await open.Do("update contacts.contact set first_name = 'x' where id = $1", theo));
        Assert.Equal(0, await open.Do("delete from contacts.contact where id = $1", theo));
        await Assert.ThrowsAsync<PostgresException>(() => open.Do("update contacts.contact set assignee_id = null where id = $1", mina));
        Assert.Equal(2L, await account.Ask<long>("select count(*) from contacts.contact"));
    }

    [Fact]
    public async Task A_scope_inside_another_sees_no_more_than_it()
    {
        var (account, cora, _, _) = await Divided(app, Membership.Member, Sights.Mine);
        await account.In(async services =>
        {
            var tenant = services.GetRequiredService<Tenant>();
            tenant.Narrow([cora.Id]);
            Assert.Throws<InvalidOperationException>(() => tenant.Narrow([account.OwnerId]));
            await using var inner = services.CreateAsyncScope();
            inner.ServiceProvider.GetRequiredService<Tenant>().EnterAs(tenant);
            Assert.Equal(1, await inner.ServiceProvider.GetRequiredService<PluraDb>().Contacts.CountAsync());
        });
        Assert.Equal(2, await account.In(s => s.GetRequiredService<PluraDb>().Contacts.CountAsync()));
    }

    [Fact]
    public void No_scope_enters_anothers_account_without_its_sight()
    {
        var loose = new Regex(@"<Tenant>\(\)\.Enter\(([Tt]enant(\.Id)?|[^)]*<Tenant>\(\)\.Id)\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.Matches(loose, "scope.ServiceProvider.GetRequiredService<Tenant>().Enter(Tenant.Id);");
        Assert.Matches(loose, "services.GetRequiredService<Tenant>().Enter(request.GetRequiredService<Tenant>().Id);");
        // The outbox and the burial enter the account that a message names: work sees everything.
        Assert.Equal(["Burial.cs", "Dispatcher.cs"], SourceRules.Files("src", ".cs", ".razor").Where(f => loose.IsMatch(File.ReadAllText(f))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_only_looks_changes_nothing_by_the_pages_forms()
    {
        var account = await app.NewAccount();
        var id = await account.Create("Ann", tags: "VIP");
        var reader = await account.Colleague(app, Membership.ReadOnly);
        var list = await reader.Browser.Get(account.Page("contacts"));
        var token = list.Find("form.contact-list input[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var (path, form) in (List<(string, Dictionary<string, string>)>)
        [
            ("contacts", new() { ["_handler"] = "selected", ["Ids"] = id.ToString(), ["Do"] = "delete" }),
            ("contacts", new() { ["_handler"] = "selected", ["Ids"] = id.ToString(), ["Do"] = "tag", ["NewTag"] = "New" }),
            ("contacts", new() { ["_handler"] = "keep-list-form", ["ListName"] = "Mine" }),
            ($"contacts/{id}", new() { ["_handler"] = "remove-tag", ["Tag"] = "VIP" }),
            ($"contacts/{id}", new() { ["_handler"] = "add-tag", ["NewTag"] = "New" }),
            ($"contacts/{id}", new() { ["_handler"] = "assign", ["Assignee"] = reader.Id.ToString() }),
            ($"contacts/{id}", new() { ["_handler"] = "delete-contact" }),
        ])
        {
            form["__RequestVerificationToken"] = token;
            using var content = new FormUrlEncodedContent(form);
            using var answer = await reader.Browser.Send(HttpMethod.Post, account.Page(path), content, follow: false);
            Assert.True((int)answer.StatusCode is 200 or 400, $"{form["_handler"]} answered {(int)answer.StatusCode}");
        }

        var contact = (await account.Contact(id))!;
        Assert.Equal(["VIP"], contact.Tags);
        Assert.Null(contact.Assignee);
        Assert.Equal(0L, await account.Ask<long>("select count(*) from contacts.smart_list"));
    }

    /// <summary>Mina is assigned to somebody with a narrowed sight, Theo to nobody.</summary>
    internal static async Task<(TestAccount Account, Colleague Cora, Guid Mina, Guid Theo)> Divided(PluraApp app, string role, string sight)
    {
        var account = await app.NewAccount();
        var cora = await account.Colleague(app, role, sight);
        var (mina, theo) = (await account.Create("Mina", email: "mina@people.example"), await account.Create("Theo", email: "theo@people.example", tags: "VIP"));
        await Assign(account, mina, cora.Id);
        return (account, cora, mina, theo);
    }

    private static async Task Assign(TestAccount account, Guid contact, Guid user) =>
        Assert.Equal(1, (await account.In(s => s.GetRequiredService<AssignContactHandler>().Handle(new AssignContact { Ids = [contact], Assignee = user.ToString() }, default))).Value);
}
