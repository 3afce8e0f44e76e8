using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform;
using Plura.Privacy;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Privacy;

/// <summary>Each test damages the logs of a private installation as somebody with the superuser's password could.</summary>
public sealed class AuditChainTests(PluraApp app)
{
    [Fact]
    public async Task A_log_that_nobody_touched_is_whole_and_sealed_once()
    {
        await using var home = await app.Another();
        var account = await Fill(home, "one");
        await Fill(home, "two");
        await account.SignIn();
        var report = await home.VerifyAudit();
        Assert.True(report.Ok, string.Join("; ", report.Problems));
        Assert.Equal((3, 9L), (report.Logs, report.Entries));
        Assert.Equal(0, await home.Services.GetRequiredService<AuditSealer>().Seal(everything: true, CancellationToken.None));
        Assert.Equal(4, await account.Ask<long>("select max(seq) from privacy.audit_link"));
    }

    [Fact]
    public async Task Every_kind_of_damage_is_found_in_the_log_that_has_it()
    {
        (string Sql, string Kind)[] damages =
        [
            ("update privacy.audit_entry set act = 'contacts.delete' where tenant_id = $1 and id = (select entry_id from privacy.audit_link where tenant_id = $1 and seq = 2)", "hash"),
            ("update privacy.audit_entry set facts = '{\"people\": \"1\"}' where tenant_id = $1 and id = (select entry_id from privacy.audit_link where tenant_id = $1 and seq = 2)", "hash"),
            ("update privacy.audit_entry set actor_id = gen_random_uuid() where tenant_id = $1 and id = (select entry_id from privacy.audit_link where tenant_id = $1 and seq = 1)", "hash"),
            ("delete from privacy.audit_entry where tenant_id = $1 and id = (select entry_id from privacy.audit_link where tenant_id = $1 and seq = 2)", "entry"),
            ("delete from privacy.audit_link where tenant_id = $1 and seq = 2", "gap"),
            ("with cut as (delete from privacy.audit_link where tenant_id = $1 and seq = 4 returning entry_id) delete from privacy.audit_entry e using cut where e.tenant_id = $1 and e.id = cut.entry_id", "anchor_missing"),
        ];
        await using var home = await app.Another();
        var victims = new List<(Guid Account, string Kind)>();
        foreach (var (_, kind) in damages)
            victims.Add(((await Fill(home, kind)).Id, kind));
        var spared = (await Fill(home, "spared")).Id;
        await Anchor(home);
        await using (var open = await home.OpenOwner())
        {
            await open.Do("set session_replication_role = replica");
            for (var i = 0; i < damages.Length; i++)
                Assert.NotEqual(0, await open.Do(damages[i].Sql, victims[i].Account));
        }

        var report = await home.VerifyAudit();
        Assert.False(report.Ok);
        Assert.All(victims, v => Assert.Contains(report.Problems, p => p.Tenant == v.Account && p.Kind == v.Kind));
        Assert.DoesNotContain(report.Problems, p => p.Tenant == spared);
    }

    [Fact]
    public async Task A_log_written_anew_is_found_by_its_anchor_alone_and_the_anchor_is_not_replaced()
    {
        await using var home = await app.Another();
        var account = await Fill(home, "one");
        await Anchor(home);
        await using (var open = await home.OpenOwner())
        {
            await open.Do("set session_replication_role = replica");
            await open.Do("update privacy.audit_entry set act = 'contacts.read' where tenant_id = $1 and act = 'contacts.edit'", account.Id);
            await Rewrite(open, account.Id);
        }

        Assert.All((await home.VerifyAudit()).Problems, p => Assert.Equal("anchor_changed", p.Kind));
        // Another account goes on, is sealed, and the damage is still seen afterwards.
        await Fill(home, "two");
        await Anchor(home);
        var report = await home.VerifyAudit();
        Assert.Equal(("anchor_changed", account.Id), (Assert.Single(report.Problems).Kind, report.Problems[0].Tenant));
    }

    [Fact]
    public async Task What_waits_longer_than_a_minute_is_counted_and_sealed()
    {
        await using var home = await app.Another();
        await Fill(home, "one");
        home.Clock.Advance(TimeSpan.FromMinutes(2));
        var first = await home.VerifyAudit();
        Assert.Equal((true, 4L), (first.Ok, first.Late));
        await Fill(home, "two");
        home.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(4, (await home.VerifyAudit()).Late);
        Assert.Equal(0, (await home.VerifyAudit()).Late);
    }

    [Fact]
    public async Task The_installations_own_log_is_a_chain_as_well()
    {
        await using var home = await app.Another();
        var account = await home.NewAccount();
        await account.SignIn();
        await Anchor(home);
        await using (var open = await home.OpenOwner())
        {
            await open.Do("set session_replication_role = replica");
            Assert.Equal(1, await open.Do("update privacy.operator_audit_entry set act = 'account.sign_out'"));
        }

        var problem = Assert.Single((await home.VerifyAudit()).Problems);
        Assert.Equal(("hash", Guid.Empty), (problem.Kind, problem.Tenant));
    }

    [Fact]
    public async Task An_anchor_from_before_the_audit_log_had_a_chain_is_still_genuine()
    {
        await using var home = await app.Another();
        var log = home.Services.GetRequiredService<AnchorLog>();
        var old = log.Append([new AnchorHead(Guid.CreateVersion7(home.Clock.GetUtcNow()), 3, new string('a', 64))], home.Clock.GetUtcNow());
        Assert.True(log.Genuine(old!));
        var line = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(home.Folder, "anchors"), "*.jsonl")));
        Assert.Contains("\"audit\":null", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_prints_its_verdict()
    {
        await using var home = await app.Another();
        await Fill(home, "one");
        var command = home.Services.GetServices<ICommand>().Single(c => c.Name == "audit verify");
        var report = Assert.IsType<AuditReport>(await command.Run(new CommandOptions(new Dictionary<string, string>(StringComparer.Ordinal)), home.Services, CancellationToken.None));
        Assert.Equal((true, 1, 4L), (report.Ok, report.Logs, report.Entries));
        Assert.IsAssignableFrom<IVerdict>(report);
    }

    /// <summary>An account with four entries.</summary>
    private static async Task<TestAccount> Fill(PluraApp home, string name)
    {
        var account = await home.NewAccount(name);
        var ann = await account.Person("Ann");
        (await account.Api.Send(HttpMethod.Patch, $"/api/v1/contacts/{ann}", System.Net.Http.Json.JsonContent.Create(new { lastName = "Ames" }))).Dispose();
        await account.Api.GetJson($"/api/v1/contacts/{ann}");
        await account.Log(home);
        await account.Person("Ben");
        return account;
    }

    private static async Task Anchor(PluraApp home) => Assert.NotNull(await home.Services.GetRequiredService<AnchorService>().Seal(CancellationToken.None));

    /// <summary>Computes every hash again, as somebody who has the program can.</summary>
    private static async Task Rewrite(NpgsqlConnection open, Guid tenant)
    {
        var entries = new List<(long Seq, SealedEntry Entry)>();
        await using (var read = new NpgsqlCommand($"select {SealedEntry.Columns}, l.seq from privacy.audit_link l join privacy.audit_entry e on e.tenant_id = l.tenant_id and e.id = l.entry_id where l.tenant_id = '{tenant}' order by l.seq", open))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                entries.Add((reader.GetInt64(11), SealedEntry.Read(tenant, reader)));
        }

        var hash = CanonicalEvent.Start;
        foreach (var (seq, entry) in entries)
        {
            hash = entry.Hash(seq, hash);
            await open.Do("update privacy.audit_link set hash = $3 where tenant_id = $1 and seq = $2", tenant, seq, hash);
        }
    }
}
