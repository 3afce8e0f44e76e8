using Microsoft.Extensions.DependencyInjection;
using Plura.Privacy;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

/// <summary>Each test damages a ledger of a private installation as somebody with the superuser's password could.</summary>
public sealed class LedgerVerificationTests(PluraApp app)
{
    private const string Unlocked = "set session_replication_role = replica;";

    [Fact]
    public async Task A_ledger_that_nobody_touched_is_whole()
    {
        await using var home = await app.Another();
        await Fill(home);
        var report = await Verify(home);
        Assert.True(report.Ok, string.Join("; ", report.Problems));
        Assert.Equal((2, 12L), (report.Tenants, report.Events));
    }

    [Fact]
    public async Task Every_kind_of_damage_is_found_in_the_account_that_has_it()
    {
        (string Sql, string Kind)[] damages =
        [
            ("update privacy.consent_event set source = 'Another fair' where seq = 3 and tenant_id = $1", "hash"),
            ("update privacy.consent_event set act = 'granted' where seq = 4 and tenant_id = $1", "hash"),
            ("update privacy.consent_event a set source = b.source, how = b.how from privacy.consent_event b where a.seq = 1 and b.seq = 2 and a.tenant_id = $1 and b.tenant_id = $1", "hash"),
            ("delete from privacy.consent_event where seq = 3 and tenant_id = $1", "gap"),
            ("update privacy.consent_wording set text = text || ' And by telephone.' where tenant_id = $1", "wording"),
            ("delete from privacy.consent_wording where tenant_id = $1", "wording"),
            ("insert into privacy.consent_member (tenant_id, address_key, seq) values ($1, gen_random_uuid(), 2)", "members"),
            ("update privacy.consent_member set address_key = gen_random_uuid() where ctid = (select min(ctid) from privacy.consent_member where tenant_id = $1)", "members"),
            ("update privacy.consent_state set act = 'granted' where act = 'withdrawn' and tenant_id = $1", "projection"),
            ("delete from privacy.consent_event where seq = 6 and tenant_id = $1", "anchor_missing"),
        ];
        await using var home = await app.Another();
        var victims = new List<(Guid Account, string Kind)>();
        foreach (var (_, kind) in damages)
            victims.Add((await Fill(home, kind), kind));
        var spared = await Fill(home, "spared");
        await Seal(home);
        await using (var open = await home.OpenOwner())
        {
            await open.Do("set session_replication_role = replica");
            for (var i = 0; i < damages.Length; i++)
                Assert.NotEqual(0, await open.Do(damages[i].Sql, victims[i].Account));
        }

        var report = await Verify(home);
        Assert.False(report.Ok);
        Assert.All(victims, v => Assert.Contains(report.Problems, p => p.Tenant == v.Account && p.Kind == v.Kind));
        Assert.DoesNotContain(report.Problems, p => p.Tenant == spared);
    }

    [Fact]
    public async Task A_ledger_written_anew_from_an_edited_row_is_found_by_its_anchor_alone()
    {
        await using var home = await app.Another();
        await Fill(home);
        await Rewrite(home);
        var report = await Verify(home);
        Assert.False(report.Ok);
        Assert.All(report.Problems, p => Assert.Equal("anchor_changed", p.Kind));
    }

    [Fact]
    public async Task A_database_behind_its_anchor_sends_nothing_and_seals_nothing()
    {
        await using var home = await app.Another();
        await Fill(home);
        await using (var open = await home.OpenOwner())
            await open.Do(Unlocked + "delete from privacy.consent_event where seq > 4; delete from privacy.consent_state where seq > 4");
        home.Clock.Advance(TimeSpan.FromMinutes(2));
        var account = await home.NewAccount();
        var person = Consents.NewAddress();
        await account.Says(person, ConsentActs.Granted);
        var decision = await account.Asks(Consents.Question(person));
        Assert.Equal(("deny", "ledger_behind_anchor"), (decision.Outcome, decision.Decisive?.Rule));
        Assert.Null(await home.Services.GetRequiredService<AnchorService>().Seal(CancellationToken.None));

        // The operator has nothing newer: says why, and sending goes on.
        var accept = home.Services.GetServices<Plura.Platform.ICommand>().Single(c => c.Name == "ledger accept");
        await accept.Run(new Plura.Platform.CommandOptions(new Dictionary<string, string>(StringComparer.Ordinal) { ["reason"] = "The newest backup is from yesterday" }), home.Services, CancellationToken.None);
        home.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("allow", (await account.Asks(Consents.Question(person))).Outcome);
    }

    [Fact]
    public async Task A_seal_is_appended_only_when_something_happened_and_a_changed_line_is_not_ours()
    {
        await using var home = await app.Another();
        await Fill(home);
        var seals = home.Services.GetRequiredService<AnchorService>();
        Assert.Null(await seals.Seal(CancellationToken.None));
        await (await home.NewAccount()).Says(Consents.NewAddress(), ConsentActs.Granted);
        var anchor = Assert.IsType<Anchor>(await seals.Seal(CancellationToken.None));
        Assert.Equal(3, anchor.Heads.Count);
        var log = home.Services.GetRequiredService<AnchorLog>();
        Assert.True(log.Genuine(anchor));
        Assert.False(log.Genuine(anchor with { At = anchor.At.AddMinutes(1) }));
        Assert.False(log.Genuine(anchor with { Heads = [.. anchor.Heads.Skip(1)] }));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(home.Folder, "anchors"), "*.jsonl"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(2, (await File.ReadAllLinesAsync(file)).Length);
    }

    private static async Task Fill(PluraApp home)
    {
        await Fill(home, "one");
        await Fill(home, "two");
        await Seal(home);
    }

    /// <summary>An account with six events: permissions, an import with members, refusals.</summary>
    private static async Task<Guid> Fill(PluraApp home, string name)
    {
        var account = await home.NewAccount(name);
        var people = Enumerable.Range(0, 5).Select(_ => Consents.NewAddress()).ToList();
        await account.Says(people[0], ConsentActs.Granted);
        await account.Imports(Consents.NewAddress(), people);
        await account.Says(people[1], ConsentActs.Granted);
        await account.Says(people[2], ConsentActs.Withdrawn, ConsentDoors.OneClick);
        await account.Says(people[3], ConsentActs.Granted);
        await account.Says(people[4], ConsentActs.Denied);
        return account.Id;
    }

    private static async Task Seal(PluraApp home) =>
        Assert.NotNull(await home.Services.GetRequiredService<AnchorService>().Seal(CancellationToken.None));

    private static Task<LedgerReport> Verify(PluraApp home) => home.Services.GetRequiredService<LedgerVerification>().Run(CancellationToken.None);

    /// <summary>Changes an event and computes every hash behind it again, as somebody who has the program can.</summary>
    private static async Task Rewrite(PluraApp home)
    {
        await using var open = await home.OpenOwner();
        await open.Do("set session_replication_role = replica");
        var tenant = (await open.Ask<Guid>("select min(tenant_id::text)::uuid from privacy.consent_event"))!;
        var rows = new List<LedgerRow>();
        await using (var read = new Npgsql.NpgsqlCommand($"select {LedgerSql.Columns} from privacy.consent_event where tenant_id = '{tenant}' order by seq", open))
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                rows.Add(LedgerSql.Read(reader));
        }

        var previous = rows[0].PrevHash;
        foreach (var row in rows.Select(r => r.Seq == 1 ? r with { Source = "Another form" } : r))
        {
            var chained = row with { PrevHash = previous };
            previous = CanonicalEvent.Hash(chained);
            await open.Do(
                "update privacy.consent_event set source = $3, prev_hash = $4, hash = $5 where tenant_id = $1 and seq = $2",
                tenant, row.Seq, (object?)row.Source ?? DBNull.Value, chained.PrevHash, previous);
        }
    }
}
