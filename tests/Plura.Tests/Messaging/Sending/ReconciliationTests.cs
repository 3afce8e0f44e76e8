using Microsoft.Extensions.DependencyInjection;
using Plura.Messaging;
using Plura.Tests.Adapters;
using Plura.Tests.Campaigns;

namespace Plura.Tests.Messaging;

/// <summary>What the transport says it took, against what the gate allowed.</summary>
public sealed class ReconciliationTests(PluraApp app)
{
    [Fact]
    public async Task Whatever_the_transport_took_was_allowed_and_a_stranger_is_found()
    {
        await using var own = await app.Another();
        var account = await own.NewAccount();
        foreach (var name in (string[])["Ann", "Ben", "Cleo"])
            await account.Person(name);
        await account.Person("Dora", consent: false);
        await account.Send(await account.Letter());
        await account.Settle(own);

        var clean = await Run(own);
        Assert.Equal(0, clean.Strangers);
        Assert.Equal(6, clean.Checked);   // Three hand-overs in our log, and the same three in the transport's.

        await using var owner = await own.OpenOwner();
        await owner.Do("""
            insert into dev.message (id, channel, message_id, times, account_id, send_id, decision_id, recipient, subject, at, source)
            select gen_random_uuid(), channel, gen_random_uuid() || '@elsewhere.example', 1, account_id, send_id, decision_id, recipient, subject, at, source from dev.message limit 1
            """);
        var found = await Run(own);
        Assert.Equal(1, found.Strangers);
        Assert.EndsWith("@elsewhere.example", Assert.Single(found.Examples), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_servers_deliveries_are_written_down_outside_the_database_and_compared()
    {
        await using var server = new ScriptedSmtp();
        await using var own = await app.Another("--Plura:Roles=web", "--Email:Smtp:Host=127.0.0.1", $"--Email:Smtp:Port={server.Port}", "--Email:Smtp:Tls=none");
        var account = await own.NewAccount();
        await account.Person("Ann");
        await account.Person("Ben");
        await account.Send(await account.Letter());
        await account.Settle(own);
        var clean = await Run(own);
        Assert.Equal((0, 4), (clean.Strangers, clean.Checked));   // Two hand-overs in our log, and the same two in the transport's.

        var file = Assert.Single(Directory.GetFiles(Path.Combine(own.Folder, "transport")));
        Assert.DoesNotContain("people.example", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await File.AppendAllTextAsync(file, $"{own.Clock.GetUtcNow():O}\t{Guid.CreateVersion7(own.Clock.GetUtcNow())}@elsewhere.example\t{account.Id}\t{account.Id}\n2026-11-", TestContext.Current.CancellationToken);
        var found = await Run(own);
        Assert.Equal(1, found.Strangers);
        Assert.EndsWith("@elsewhere.example", Assert.Single(found.Examples), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_sends_for_the_first_time_while_we_look_is_no_stranger()
    {
        var late = new LateLog();
        await using var own = await app.Another(services => services.AddSingleton<ITransportLog>(late), "--Plura:Roles=web");
        var first = await own.NewAccount();
        await first.Person("Ann");
        await first.Send(await first.Letter());
        await first.Settle(own);
        late.Meanwhile = async () =>
        {
            var account = await own.NewAccount();
            await account.Person("Ben");
            await account.Send(await account.Letter());
            await account.Settle(own);
            await using var owner = await own.OpenOwner();
            return [.. (await owner.Rows("select message_id, account_id, decision_id, at from dev.message where account_id = $1", account.Id)).Select(m => new HandedOver((string)m[0]!, (Guid)m[1]!, (Guid)m[2]!, new DateTimeOffset((DateTime)m[3]!, TimeSpan.Zero)))];
        };
        var clean = await Run(own);
        Assert.Equal((0, 3), (clean.Strangers, clean.Checked));   // Ann's in both logs, and Ben's in the one that came late.
    }

    private static async Task<Reconciled> Run(PluraApp own)
    {
        await using var scope = own.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Reconciliation>().Run(own.Clock.GetUtcNow().AddDays(-1), TestContext.Current.CancellationToken);
    }

    /// <summary>Something happens just before it is read.</summary>
    private sealed class LateLog : ITransportLog
    {
        public Func<Task<IReadOnlyList<HandedOver>>> Meanwhile { get; set; } = () => Task.FromResult<IReadOnlyList<HandedOver>>([]);

        public string Name => "late";

        public async IAsyncEnumerable<IReadOnlyList<HandedOver>> Read(DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            yield return await Meanwhile();
        }
    }
}
