using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using NpgsqlTypes;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>
/// A private host whose letters leave through a transport that the test scripts, to recipients made from numbers. The ledger, the
/// gate and the pump are the real ones.
/// </summary>
public sealed class SendingLab : IAsyncDisposable
{
    private SendingLab(PluraApp host, ScriptedTransport transport) => (Host, Transport) = (host, transport);

    public PluraApp Host { get; }

    public ScriptedTransport Transport { get; }

    public Pump Pump => Host.Services.GetRequiredService<Pump>();

    public static async Task<SendingLab> Start(PluraApp app, params string[] settings)
    {
        var transport = new ScriptedTransport();
        return new SendingLab(await app.Another(services => Tune(services, transport), settings), transport);
    }

    /// <summary>Another node on the same database, with a transport and a clock of its own.</summary>
    public async Task<SendingLab> SecondNode()
    {
        var transport = new ScriptedTransport();
        return new SendingLab(await Host.SameDatabase(services => Tune(services, transport)), transport);
    }

    public SendingAccount NewAccount() => new(this, Guid.CreateVersion7(Host.Clock.GetUtcNow()));

    /// <summary>Runs the pump until nothing is due, and the jobs that follow.</summary>
    public async Task<int> Send()
    {
        var handed = await Pump.RunDue(TestContext.Current.CancellationToken);
        await Host.Work();
        return handed;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static void Tune(IServiceCollection services, ScriptedTransport transport)
    {
        services.RemoveAll<IEmailTransport>();
        services.AddSingleton<IEmailTransport>(transport);
        services.Replace(ServiceDescriptor.Scoped<IComposer, PlainComposer>());
        services.Replace(ServiceDescriptor.Singleton<IAccountDirectory, LabAccounts>());
        services.RemoveAll<IRecipientSource>();
        services.AddScoped<IRecipientSource, NumberedRecipients>();
    }
}

/// <summary>One business in the lab; its recipients are numbers.</summary>
public sealed class SendingAccount(SendingLab lab, Guid id)
{
    public Guid Id => id;

    /// <summary>Everybody has an address, but this one has lost it.</summary>
    public const int WithoutAddress = 13;

    /// <summary>Three receiving domains.</summary>
    public static string Address(int person) => $"p{person}@domain{person % 3}.example";

    public static int Number(string address) => int.Parse(address[1..address.IndexOf('@', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A number as an id: the contact's and the contact point's alike.</summary>
    public static Guid Point(int person) => new(person, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static int Person(Guid point) => BitConverter.ToInt32(point.ToByteArray());

    public Task<T> In<T>(Func<IServiceProvider, Task<T>> work) => lab.Host.In(id, work);

    public Task Ledger(Func<ISendLedger, Task> work) => lab.Host.In(id, s => work(s.GetRequiredService<ISendLedger>()));

    public Task<T> Ledger<T>(Func<ISendLedger, Task<T>> work) => lab.Host.In(id, s => work(s.GetRequiredService<ISendLedger>()));

    /// <summary>Plans a letter to persons 1…count; answers the origin's id.</summary>
    public async Task<Guid> Plan(int count, string category = Categories.Transactional, int? rate = null, DateTimeOffset? at = null, Guid? originId = null, string subject = "Hello")
    {
        var origin = originId ?? Guid.CreateVersion7(lab.Host.Clock.GetUtcNow());
        await Ledger(async ledger =>
        {
            var letter = new LetterContent { Subject = subject, Html = "<p>Hello</p>", FromName = "Bakery", FromEmail = "hello@bakery.example", Category = category };
            var content = await ledger.Write(letter, default);
            await ledger.Plan(new SendPlan("campaign", origin, content.Value, rate, at ?? lab.Host.Clock.GetUtcNow()), await Audience(count), default);
        });
        return origin;
    }

    public Task<AudienceSql> Audience(int count) => In(services =>
    {
        var keys = services.GetRequiredService<IAddressKeys>();
        var people = Enumerable.Range(1, count).ToList();
        return Task.FromResult(new AudienceSql(
            "select p.id as contact_id, p.id as contact_point_id, p.key as address_key, false as minor from unnest(@audience_0, @audience_1) as p (id, key) where @tenant is not null",
            [
                new NpgsqlParameter("audience_0", people.Select(Point).ToArray()),
                new NpgsqlParameter("audience_1", people.Select(p => keys.Of(Channels.Email, Address(p))).ToArray()),
                new NpgsqlParameter("tenant", NpgsqlDbType.Uuid) { Value = id },
            ]));
    });

    public Task<SendCounts> Counts(Guid origin) => Ledger(l => l.Counts("campaign", origin, default));

    public Task<SendStory?> Story(Guid origin, int person) => Ledger(l => l.Story("campaign", origin, Point(person), default));

    public async Task<string?> State(Guid origin, int person) => (await Story(origin, person))?.State;

    public async Task<T?> Ask<T>(string sql, params object[] values)
    {
        await using var open = await lab.Host.OpenApp(id);
        return await open.Ask<T>(sql, values);
    }
}

/// <summary>A letter without a template: what the engine needs and nothing else.</summary>
internal sealed class PlainComposer(PluraDb db) : IComposer
{
    public async Task<ICompiledLetter> Compile(Guid contentId, CancellationToken ct)
    {
        var content = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(db.Set<Plura.Messaging.Data.Content>(), c => c.Id == contentId, ct);
        return content.Subject == "Broken" ? throw new InvalidOperationException("This template cannot be compiled.") : new Plain(content.Letter());
    }

    private sealed class Plain(LetterContent content) : ICompiledLetter
    {
        public LetterContent Content => content;

        public bool HasPostalAddress => true;

        public bool HasUnsubscribe => true;

        public ComposedMessage Compose(SendToWrite send) => content.Subject == "Fails for 3" && send.Recipient.Address.StartsWith("p3@", StringComparison.Ordinal)
            ? throw new InvalidOperationException("No value.")
            : new ComposedMessage(send.SendId, send.MessageId, "bounce@bakery.example", send.Recipient.Address, System.Text.Encoding.ASCII.GetBytes($"Message-ID: <{send.MessageId}>\r\nSubject: {content.Subject}\r\n\r\nHello\r\n"));
    }
}

internal sealed class LabAccounts : IAccountDirectory
{
    public Task<AccountCard?> Account(Guid id, CancellationToken ct) =>
        Task.FromResult<AccountCard?>(new AccountCard(id, id, "lab", "Lab", "Europe/Berlin", "DE", "1 Bakery Street", "Bakery", "hello@bakery.example", Suspended: false));

    public Task<AccountCard?> AccountBySlug(string slug, CancellationToken ct) => Task.FromResult<AccountCard?>(null);

    public Task<AgencyCard?> Agency(Guid id, CancellationToken ct) => Task.FromResult<AgencyCard?>(null);

    public Task<AccountCard> Operator(CancellationToken ct) => throw new NotSupportedException();

    public Task<UserCard?> User(Guid id, CancellationToken ct) => Task.FromResult<UserCard?>(null);

    public Task<IReadOnlyDictionary<Guid, UserCard>> Users(IReadOnlyCollection<Guid> ids, CancellationToken ct) => Task.FromResult<IReadOnlyDictionary<Guid, UserCard>>(new Dictionary<Guid, UserCard>());

    public Task<ReadingCard?> ReadingOf(Guid userId, CancellationToken ct) => Task.FromResult<ReadingCard?>(null);

    public Task<IReadOnlyList<UserCard>> Owners(Guid accountId, CancellationToken ct) => Task.FromResult<IReadOnlyList<UserCard>>([]);

    public Task<IReadOnlyList<UserCard>> People(Guid accountId, CancellationToken ct) => Task.FromResult<IReadOnlyList<UserCard>>([]);

    public Task<IReadOnlyList<Guid>> Teammates(Guid accountId, Guid userId, CancellationToken ct) => Task.FromResult<IReadOnlyList<Guid>>([]);

    public Task<InvitationCard?> Invitation(Guid id, CancellationToken ct) => Task.FromResult<InvitationCard?>(null);

    public Task<string?> ConfirmationLink(Guid userId, CancellationToken ct) => Task.FromResult<string?>(null);
}

internal sealed class NumberedRecipients(IAddressKeys keys) : IRecipientSource
{
    public bool Serves(string origin) => true;

    public Task<IReadOnlyDictionary<Guid, Recipient>> Load(NpgsqlConnection connection, string origin, Guid originId, IReadOnlyCollection<Guid> contactPointIds, CancellationToken ct)
    {
        var known = new Dictionary<Guid, Recipient>();
        foreach (var point in contactPointIds.Where(p => SendingAccount.Person(p) != SendingAccount.WithoutAddress))
        {
            var address = SendingAccount.Address(SendingAccount.Person(point));
            known[point] = new Recipient(point, point, address, keys.Of(Channels.Email, address), Minor: false, new Dictionary<string, object?>());
        }

        return Task.FromResult<IReadOnlyDictionary<Guid, Recipient>>(known);
    }
}
