using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Contacts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>
/// kill -9 at random moments of the sender and of PostgreSQL, over real sockets. 0 lost: every send ends final or unknown.
/// 0 doubled: no Message-ID arrives twice. At most one unknown per open connection and kill.
/// </summary>
[Trait("Category", "Slow")]
public sealed class KillTests
{
    private const int Connections = 4;
    private const int Letters = 2000;

    [Fact]
    public async Task The_sender_is_killed_twenty_four_times()
    {
        await using var trial = await Trial.Start(Letters);
        var kills = 0;
        while (kills < 24)
        {
            if (await trial.Moving() < 400)
                await trial.More();
            using var sender = trial.Sender();
            await trial.Until(Random.Shared.Next(1, 150), sender);
            await Task.Delay(Random.Shared.Next(0, 5));
            await sender.Kill();
            kills++;
        }

        await trial.Finish();
        await trial.Check(kills);
    }

    [Fact]
    public async Task PostgreSQL_is_killed_eight_times_under_a_living_sender()
    {
        await using var trial = await Trial.Start(Letters);
        using var sender = trial.Sender();
        var kills = 0;
        while (kills < 8)
        {
            if (await trial.Moving() < 400)
                await trial.More();
            await trial.Until(Random.Shared.Next(50, 300), sender);
            await trial.Postgres.Kill();
            await Task.Delay(Random.Shared.Next(0, 300));
            await trial.Postgres.Start();
            kills++;
        }

        await trial.Settle(sender);
        Assert.False(sender.Exited, sender.Said);
        await sender.Stop();
        // The sender lived: it knows every reply, so nothing stays unknown.
        await trial.Check(kills, mostUnknown: 0);
    }

    [Fact]
    public async Task Sender_and_PostgreSQL_die_together()
    {
        await using var trial = await Trial.Start(1000);
        for (var kills = 0; kills < 3; kills++)
        {
            using var sender = trial.Sender();
            await trial.Until(Random.Shared.Next(20, 150), sender);
            await Task.WhenAll(trial.Postgres.Kill(), sender.Kill());
            await trial.Postgres.Start();
        }

        await trial.Finish();
        await trial.Check(kills: 3);
    }

    /// <summary>A private installation with one account, its contacts, and one letter planned to all of them.</summary>
    private sealed class Trial : IAsyncDisposable
    {
        private readonly PluraApp host = new();
        private readonly List<Guid> origins = [];
        private TestAccount account = null!;
        private Guid content;

        public SmtpSink Sink { get; } = new();

        public KilledPostgres Postgres => new(host);

        public static async Task<Trial> Start(int letters)
        {
            var trial = new Trial();
            await trial.host.InitializeAsync();
            // A test's cluster skips it; here it is the point.
            await trial.host.Ask<string>("alter system set fsync = on");
            await trial.host.Ask<bool>("select pg_reload_conf()");
            trial.account = await trial.host.NewAccount();
            foreach (var some in Enumerable.Range(1, letters).Chunk(100))
            {
                await trial.account.In(async services =>
                {
                    var create = services.GetRequiredService<CreateContactHandler>();
                    foreach (var n in some)
                        Assert.True((await create.Handle(new CreateContact { FirstName = $"Person {n}", Email = Address(n) }, default)).Ok);
                });
            }

            await trial.Permit(letters);
            await trial.account.In(async services =>
            {
                // Marketing: each decision asks for consent, and holds the address while it does.
                var letter = new LetterContent { Subject = "Hello {{ contact.first_name }}", Html = "<p>Hello {{ contact.first_name }}</p>", FromName = "Bakery", FromEmail = "hello@bakery.example", Category = Categories.Marketing };
                trial.content = (await services.GetRequiredService<ISendLedger>().Write(letter, default)).Value;
            });
            await trial.More();
            return trial;
        }

        private static string Address(int number) => $"p{number}@domain{number % 7}.example";

        /// <summary>All of them have agreed, and the account may send as much as it likes.</summary>
        private async Task Permit(int letters)
        {
            await host.Do("update accounts.account set vouched_at = $2 where id = $1", account.Id, host.Clock.GetUtcNow());
            await account.In(async services =>
            {
                var keys = services.GetRequiredService<IAddressKeys>();
                var people = Enumerable.Range(1, letters).Select(n => keys.Of(Channels.Email, Address(n))).ToArray();
                await using var open = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
                await using (var enter = global::Plura.Platform.TenantConnections.Set(open, account.Id))
                    await enter.ExecuteNonQueryAsync();
                await using var transaction = await open.BeginTransactionAsync();
                await open.Do("create temp table consent_members (address_key uuid, contact_id uuid) on commit drop");
                await open.Do("insert into consent_members select k, null from unnest($1) k", (object)people);
                var attested = await services.GetRequiredService<IConsentLedger>().Attest(
                    open, new ConsentAttestation(Guid.CreateVersion7(host.Clock.GetUtcNow()), Channels.Email, Topics.All, ConsentDoors.Import, "Trade fair", "Yes, write to me.", new DateOnly(2026, 1, 1)), default);
                Assert.Equal(letters, attested);
                await transaction.CommitAsync();
            });
        }

        /// <summary>Plans the letter for another occasion.</summary>
        public async Task More()
        {
            var origin = Guid.CreateVersion7(host.Clock.GetUtcNow());
            origins.Add(origin);
            await Patiently(() => account.In<bool>(async services =>
            {
                var audience = await services.GetRequiredService<IRecipients>().Audience(new Audience { All = true }, Channels.Email, default);
                await services.GetRequiredService<ISendLedger>().Plan(new SendPlan("campaign", origin, content, null, host.Clock.GetUtcNow()), audience.Value, default);
                return true;
            }));
        }

        public SenderProcess Sender() => new(host, Sink.Port, Connections);

        /// <summary>Waits until so many more have arrived.</summary>
        public async Task Until(int more, SenderProcess sender)
        {
            var (target, patience) = (Sink.Count + more, Stopwatch.StartNew());
            while (Sink.Count < target && !sender.Exited && patience.Elapsed < TimeSpan.FromSeconds(120))
                await Task.Delay(1);
            if (Sink.Count < target)
                Assert.Fail($"{Sink.Count} of {target} arrived, {await Moving()} still move, the sender {(sender.Exited ? "has ended" : "lives")}. It said: {await sender.LastWords()}");
        }

        /// <summary>One sender lives until nothing moves any more.</summary>
        public async Task Finish()
        {
            using var sender = Sender();
            await Settle(sender);
            await sender.Stop();
        }

        public async Task Settle(SenderProcess sender)
        {
            var patience = Stopwatch.StartNew();
            while (await Moving() > 0)
            {
                Assert.False(sender.Exited, sender.Said);
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(5), sender.Said);
                await Task.Delay(100);
            }
        }

        public async Task Check(int kills, int? mostUnknown = null)
        {
            await Moving();
            await using (var rows = await host.OpenOwner())
            {
                var sends = await rows.Rows("select message_id, state from messaging.send where tenant_id = $1", account.Id);
                var arrived = Sink.MessageIds;
                Assert.Equal(arrived.Count, arrived.Distinct(StringComparer.Ordinal).Count());   // 0 doubled
                Assert.All(sends, s => Assert.Contains((string)s[1]!, (string[])["accepted", "unknown"]));   // 0 lost
                var there = arrived.ToHashSet(StringComparer.Ordinal);
                Assert.All(sends.Where(s => (string)s[1]! == "accepted"), s => Assert.Contains((string)s[0]!, there));
                Assert.Empty(there.Except(sends.Select(s => (string)s[0]!), StringComparer.Ordinal));
                // Each that went stands on a decision for which the reader's permission was read.
                Assert.Equal(0, await rows.Ask<long>("""
                    select count(*) from messaging.send_attempt a join privacy.decision d on d.tenant_id = a.tenant_id and d.id = a.decision_id
                    where a.tenant_id = $1 and (d.category <> 'marketing' or not exists (select from jsonb_array_elements(d.reasons) r where r ->> 'rule' = 'no_consent' and r -> 'facts' ->> 'proof' = 'attested'))
                    """, account.Id));
                var unknown = sends.Count(s => (string)s[1]! == "unknown");
                if (unknown > (mostUnknown ?? (kills * Connections)))
                {
                    var stories = await rows.Rows("select e.at, e.kind, e.detail, s.reason, s.intended_at, s.message_id from messaging.send s join messaging.send_event e on e.tenant_id = s.tenant_id and e.send_id = s.id where s.state = 'unknown' order by e.at");
                    Assert.Fail($"{unknown} unknown after {kills} kills:\n{string.Join('\n', stories.Select(s => $"{s[0]:O} {s[1]} ({s[2]}; {s[3]}), intended {s[4]:O}, {(there.Contains((string)s[5]!) ? "arrived" : "not arrived")}"))}");
                }

                TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {sends.Count} sends, {arrived.Count} arrived, {sends.Count(s => (string)s[1]! == "unknown")} unknown");
            }
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await Postgres.Stop();
            await Sink.DisposeAsync();
        }

        public Task<long> Moving() => Patiently(async () =>
        {
            await using var open = await host.OpenOwner();
            return await open.Ask<long>("select count(*) from messaging.send where state in ('planned', 'claimed', 'intended', 'deferred')");
        });

        /// <summary>The test's own pooled connections died with PostgreSQL: the first use of each finds out.</summary>
        private static async Task<T> Patiently<T>(Func<Task<T>> work)
        {
            for (var tries = 0; ; tries++)
            {
                try
                {
                    return await work();
                }
                catch (Exception error) when (tries < 60 && (error is NpgsqlException || error.InnerException is NpgsqlException))
                {
                    await Task.Delay(100);
                }
            }
        }
    }
}
