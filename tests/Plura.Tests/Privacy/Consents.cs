using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Privacy;

/// <summary>Short ways to say in a test what people and accounts do about permission.</summary>
internal static class Consents
{
    public static Guid NewAddress() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static Task<ConsentReceipt> Says(this TestAccount account, Guid address, string act, string how = ConsentDoors.Form, string topic = Topics.All, string? wording = "I want the newsletter.", IReadOnlyDictionary<string, string>? proof = null, Guid? subject = null) =>
        account.In(s => s.GetRequiredService<IConsentLedger>().Append(
            new ConsentEntry { AddressKey = address, SubjectId = subject, Channel = Channels.Email, Topic = topic, Act = act, How = how, Wording = wording, Source = "Form: Newsletter", Proof = proof },
            CancellationToken.None));

    public static Task<int> Imports(this TestAccount account, Guid attestation, IEnumerable<Guid> addresses, string topic = Topics.All) =>
        account.InTransaction(async (services, connection) =>
        {
            await connection.Do("create temporary table consent_members (address_key uuid, contact_id uuid) on commit drop");
            await connection.Do("insert into consent_members select a, a from unnest($1) a", addresses.ToArray());
            return await services.GetRequiredService<IConsentLedger>().Attest(
                connection, new ConsentAttestation(attestation, Channels.Email, topic, ConsentDoors.Import, "Trade fair 2025", "They asked for our newsletter at the fair.", new DateOnly(2025, 9, 1)), CancellationToken.None);
        });

    public static Task Undo(this TestAccount account, Guid attestation) =>
        account.InTransaction(async (services, connection) =>
        {
            await services.GetRequiredService<IConsentLedger>().Retract(connection, attestation, "Import undone", CancellationToken.None);
            return 0;
        });

    public static async Task<string> Holds(this TestAccount account, Guid address, string topic = Topics.All) =>
        (await account.In(s => s.GetRequiredService<IConsentLedger>().Now([address], CancellationToken.None))).FirstOrDefault(n => n.Topic == topic)?.Act ?? "nothing";

    public static GateQuestion Question(Guid address, string category = Categories.Marketing, string topic = Topics.All) =>
        new() { SendId = NewAddress(), ContactId = address, AddressKey = address, Channel = Channels.Email, Category = category, Topic = topic, Transport = "mailbox" };

    public static async Task<GateDecision> Asks(this TestAccount account, GateQuestion question) =>
        (await account.InTransaction((services, connection) => services.GetRequiredService<IGate>().Decide(connection, [question], CancellationToken.None)))[0];

    public static Task<T> InTransaction<T>(this TestAccount account, Func<IServiceProvider, NpgsqlConnection, Task<T>> work) =>
        account.In(async services =>
        {
            var db = services.GetRequiredService<PluraDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            var answer = await work(services, (NpgsqlConnection)db.Database.GetDbConnection());
            await transaction.CommitAsync();
            return answer;
        });
}
