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

    private static async Task<Reconciled> Run(PluraApp own)
    {
        await using var scope = own.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Reconciliation>().Run(own.Clock.GetUtcNow().AddDays(-1), TestContext.Current.CancellationToken);
    }
}
