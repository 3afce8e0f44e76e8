using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Plura.Accounts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;

namespace Plura.Tests.Messaging;

/// <summary>An account whose installation signs for house.example, with a name server of its own.</summary>
internal sealed class DomainLab : IAsyncDisposable
{
    private readonly bool owns;

    private DomainLab(PluraApp host, LocalNames names, TestAccount account, bool owns) => (Host, Names, Account, this.owns) = (host, names, account, owns);

    public PluraApp Host { get; }

    public LocalNames Names { get; }

    public TestAccount Account { get; }

    public static async Task<DomainLab> Start(PluraApp app, params string[] settings)
    {
        var names = new LocalNames();
        var host = await app.Another(["--Plura:Roles=web", "--Email:Dkim:Domain=house.example", $"--Dns:Server={names.Address}", .. settings]);
        MailKeys.Make(host);
        var key = host.Services.GetRequiredService<IMailKey>().Published()!;
        names.Texts[DkimRecord.Name(key.Selector, "house.example")] = DkimRecord.Text(key.PublicKey);
        return new DomainLab(host, names, await host.NewAccount(), owns: true);
    }

    /// <summary>Another business in the same installation.</summary>
    public async Task<DomainLab> Another() => new(Host, Names, await Host.NewAccount(), owns: false);

    public void Publish(DnsRecord record) => Names.Texts[record.Name] = record.Text;

    public Task<Result<Guid>> TryAdd(string name) => Account.In(s => s.GetRequiredService<AddSendingDomainHandler>().Handle(new AddSendingDomain { Name = name }, default));

    public async Task<SendingDomainView> Add(string name) => await One((await TryAdd(name)).Value);

    public async Task<Guid> Prove(string name)
    {
        var domain = await Add(name);
        Publish(domain.ToAdd!);
        Assert.True((await Check(domain.Id)).Value.Proven);
        return domain.Id;
    }

    public async Task<SendingDomainView> One(Guid id) => (await Account.In(s => s.GetRequiredService<SendingDomains>().One(id, default)))!;

    public Task<Result<DomainLooked>> Check(Guid id) => Account.In(s => s.GetRequiredService<CheckSendingDomainHandler>().Handle(new CheckSendingDomain(id), default));

    public Task<Result> Renew(Guid id) => Account.In(s => s.GetRequiredService<RenewDomainKeyHandler>().Handle(new RenewDomainKey(id), default));

    /// <summary>Lets time pass, and the work in the background be done.</summary>
    public async Task Later(TimeSpan time)
    {
        Host.Clock.Advance(time + TimeSpan.FromSeconds(1));
        await Host.Work();
    }

    public Task<string?> LastNotice() => Account.Ask<string>("select text from accounts.notice order by at desc, id desc limit 1");

    /// <summary>Writes a letter from there; answers who signed it, verified by what stands in the DNS.</summary>
    public async Task<string> SignedBy(string fromEmail, string? record = null)
    {
        var mail = await Account.In(async services =>
        {
            var content = await services.GetRequiredService<ISendLedger>().Write(new LetterContent { Subject = "Bread", Html = "<p>Fresh bread</p>", FromName = "Sunrise", FromEmail = fromEmail, Category = Plura.Privacy.Contracts.Categories.Transactional }, default);
            var letter = await services.GetRequiredService<IComposer>().Compile(content.Value, default);
            var id = Guid.CreateVersion7(Host.Clock.GetUtcNow());
            var written = letter.Compose(new SendToWrite(id, $"{id:N}@sunrise.example", Guid.Empty, new Plura.Contacts.Contracts.Recipient(Guid.Empty, Guid.Empty, "ann@example.com", Guid.Empty, false, new Dictionary<string, object?>(StringComparer.Ordinal)), Host.Clock.GetUtcNow()));
            using var stream = new MemoryStream(written.Bytes.ToArray());
            return await MimeMessage.LoadAsync(stream);
        });
        var published = new Published(Names);
        Assert.True(new DkimVerifier(published).Verify(mail, mail.Headers.First(h => h.Id == HeaderId.DkimSignature)));
        if (record is not null)
            Assert.Equal(record, published.Asked);
        return published.Asked![(published.Asked!.IndexOf("._domainkey.", StringComparison.Ordinal) + 12)..];
    }

    public async ValueTask DisposeAsync()
    {
        if (!owns)
            return;
        await Host.DisposeAsync();
        await Names.DisposeAsync();
    }

    /// <summary>Takes keys from where a receiver would.</summary>
    private sealed class Published(LocalNames names) : DkimPublicKeyLocatorBase
    {
        public string? Asked { get; private set; }

        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Asked = DkimRecord.Name(selector, domain);
            var text = names.Texts[Asked];
            return PublicKeyFactory.CreateKey(Convert.FromBase64String(text[(text.LastIndexOf("p=", StringComparison.Ordinal) + 2)..]));
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
