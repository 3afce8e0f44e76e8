using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Accounts;
using Plura.Platform;
using Plura.Privacy;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Privacy;

public sealed class AuditTests(PluraApp app)
{
    [Fact]
    public async Task A_change_by_a_program_leaves_one_entry_with_who_what_and_from_where()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        using (await account.Api.Send(HttpMethod.Patch, $"/api/v1/contacts/{ann}", JsonContent.Create(new { lastName = "Ames" })))
        {
        }

        var log = await account.Log(app);
        Assert.Equal(["contacts.create", "contacts.edit"], log.Select(e => e.Act));
        Assert.All(log, e => Assert.Equal(("token", ann, "contact", "127.0.0.0/24", "done"), (e.ActorKind, e.About, e.Kind, e.Network, e.Outcome)));
        Assert.Equal(await app.Ask<Guid>("select id from accounts.api_token where account_id = $1", account.Id), log[1].ActorId);
        Assert.Contains("LastName", log[1].Facts["fields"], StringComparison.Ordinal);
        Assert.DoesNotContain(log, e => e.Facts.Values.Any(v => v.Contains("Ames", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_change_by_a_person_names_the_person_and_the_browser()
    {
        var account = await app.NewAccount();
        await account.SignIn();
        var made = await (await account.Browser.Get(account.Page("settings/tokens"))).Submit("[name='Command.Name']", new { Name = "Website", Scopes = "contacts.read" });
        Assert.Contains("Copy your token now", made.Text, StringComparison.Ordinal);
        var entry = await account.Last(app);
        var session = await app.Ask<Guid>("select id from accounts.session where user_id = $1", account.OwnerId);
        Assert.Equal(("user", account.OwnerId, "account.create_token", session), (entry.ActorKind, entry.ActorId, entry.Act, entry.Session));
        Assert.Equal(await app.Ask<Guid>("select id from accounts.api_token where account_id = $1 and name = 'Website'", account.Id), entry.About);
    }

    [Fact]
    public async Task What_was_refused_or_changed_nothing_leaves_no_entry_of_a_change()
    {
        var account = await app.NewAccount();
        var ann = await account.Person("Ann");
        var before = (await account.Log(app)).Count;
        (await account.Api.Post("/api/v1/contacts", new { })).Dispose();
        (await account.Api.Post("/api/v1/contacts", new { firstName = "Ann", email = "ann@people.example" })).Dispose();
        (await account.Api.Send(HttpMethod.Patch, $"/api/v1/contacts/{ann}", JsonContent.Create(new { firstName = "Ann" }))).Dispose();
        Assert.Equal(before, (await account.Log(app)).Count);
    }

    [Fact]
    public async Task An_attempt_without_the_permission_is_on_record_as_refused()
    {
        var account = await app.NewAccount();
        var weak = await app.In(account.Id, s => s.GetRequiredService<CreateTokenHandler>().Handle(new CreateToken { Name = "Weak", Scopes = ["contacts.read"] }, CancellationToken.None));
        var program = new Browser(app) { Token = weak.Value };
        using var answer = await program.Post("/api/v1/campaigns", new { name = "No" });
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var entry = await account.Last(app);
        Assert.Equal(("account.refused", "refused", "campaigns.create"), (entry.Act, entry.Outcome, entry.Facts["permission"]));
    }

    [Fact]
    public async Task Work_in_the_background_notes_its_end_once_and_not_each_row()
    {
        var account = await app.NewAccount();
        await account.Person("Ann");
        await account.Person("Ben");
        var campaign = await account.Letter();
        await account.Send(campaign);
        await account.Settle(app);
        var by = (await account.Log(app)).Where(e => e.About == campaign).ToList();
        Assert.Equal(["campaigns.create", "campaigns.send", "campaigns.started", "campaigns.finished"], by.Select(e => e.Act));
        Assert.Equal(["token", "token", "system", "system"], by.Select(e => e.ActorKind));
        Assert.All(by.Skip(2), e => Assert.Null(e.Network));
    }

    [Fact]
    public async Task Signing_in_and_failing_to_stand_in_the_installations_own_log()
    {
        var account = await app.NewAccount();
        var page = await app.NewBrowser().Get("/sign-in");
        await page.Submit(null, new { Email = $"owner@{account.Slug}.example", Password = "not this one at all" });
        await account.SignIn();
        await using var open = await app.OpenOwner();
        var acts = await open.Rows("select act, actor_kind from privacy.operator_audit_entry where about = $1 order by at, id", account.OwnerId);
        Assert.Equal(["account.sign_in_failed", "account.sign_in"], acts.Select(a => (string)a[0]!));
        Assert.Empty(await account.Log(app));
    }

    [Fact]
    public async Task Nobody_sees_another_accounts_log_and_the_app_cannot_change_its_own()
    {
        var (mine, other) = (await app.NewAccount(), await app.NewAccount());
        await mine.Person("Ann");
        await other.Person("Ben");
        await using var open = await mine.Open();
        Assert.Equal(1, await open.Ask<long>("select count(*) from privacy.audit_entry"));
        Assert.Equal(0, await open.Ask<long>("select count(*) from privacy.audit_entry where tenant_id = $1", other.Id));
        foreach (var table in (string[])["audit_entry", "audit_link", "operator_audit_entry", "operator_audit_link"])
        {
            foreach (var sql in (string[])[$"update privacy.{table} set {(table.EndsWith("link", StringComparison.Ordinal) ? "seq = seq" : "act = act")}", $"delete from privacy.{table}", $"truncate privacy.{table}"])
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => open.Do(sql))).SqlState);
        }
    }

    [Theory]
    [InlineData("Contacts", "EditContact", "contacts.edit")]
    [InlineData("Contacts", "UndoImport", "contacts.undo_import")]
    [InlineData("Accounts", "CreateToken", "account.create_token")]
    [InlineData("Campaigns", "ResolveUnknown", "campaigns.resolve_unknown")]
    [InlineData("Opportunities", "MoveOpportunity", "opportunities.move")]
    public void An_act_is_called_as_its_slice_is(string module, string slice, string act) => Assert.Equal(act, Acts.Of(module, slice));

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48")]
    public void Only_the_network_is_kept(string address, string kept) => Assert.Equal(kept, AuditRequests.Network(IPAddress.Parse(address)));
}
